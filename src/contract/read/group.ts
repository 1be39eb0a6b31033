import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

/** A group of the node. */
export interface GroupEntry {
  readonly gid: number;
}

const kind: Kind<GroupEntry | undefined> = {
  name: 'group',
  script: (names) => sh`
    found=$(getent group ${names}) || :
    i=0
    for k in ${names}; do
      while IFS=: read -r name x gid rest; do
        if [ "$name" = "$k" ]; then put "$i" "$gid"; break; fi
      done <<EOF
$found
EOF
      i=$((i+1))
    done`,
  parse: (text) => (text === undefined ? undefined : { gid: Number(text) }),
};

/** A group by name; undefined where there is none. */
export const group = (name: string): Reading<GroupEntry | undefined> => ({ kind, key: name });
