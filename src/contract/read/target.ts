import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';
import { present } from './present.ts';
import { parseStat, type Stat } from './stat.ts';

/** What a path leads to, every link followed. */
export interface Target extends Stat {
  /** The path without links. */
  readonly path: string;
}

// One `stat` for all paths; `readlink` only for those that are links themselves.
const kind: Kind<Target | undefined> = {
  name: 'target',
  script: (paths) => sh`
    ${present(paths, sh`[ -e "$f" ]`)}
    found=$(stat -L -c '%F|%a|%U|%G|%s|%Y' -- "$@")
    while IFS= read -r line; do
      there=\${there# }; i=\${there%% *}; there=\${there#"$i"}
      if [ -L "$1" ]; then put "$i" "$line|$(readlink -f -- "$1")"; else put "$i" "$line|"; fi
      shift
    done <<EOF
$found
EOF`,
  parse(found, path) {
    if (found === undefined) return undefined;
    const fields = found.split('|');
    const resolved = fields.slice(6).join('|');
    return { ...parseStat(fields.slice(0, 6).join('|')), path: resolved === '' ? path : resolved };
  },
};

/** What a path leads to, links followed: type, mode, owner, group, size, time and real path; undefined where that is nothing. */
export const target = (path: string): Reading<Target | undefined> => ({ kind, key: path });
