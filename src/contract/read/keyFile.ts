import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

/** A user's `~/.ssh/authorized_keys`. */
export interface KeyFile {
  readonly home: string;
  /** undefined where there is no file. */
  readonly text: string | undefined;
  /** Mode and owner, `0700 user`, of the folder and of the file; `none` where it is not there. */
  readonly folder: string;
  readonly file: string;
}

// The home is looked up on the node, so one reading tells all.
const kind: Kind<KeyFile | undefined> = {
  name: 'keyFile',
  script: (users) => sh`
    i=0
    for u in ${users}; do
      l=$(getent passwd "$u") || l=''
      if [ -n "$l" ]; then
        h=\${l%:*}; h=\${h##*:}
        d=none; f=none; t=''
        if [ -d "$h/.ssh" ]; then d=$(stat -c '%a %U' -- "$h/.ssh"); fi
        if [ -f "$h/.ssh/authorized_keys" ]; then
          f=$(stat -c '%a %U' -- "$h/.ssh/authorized_keys")
          t=$(cat -- "$h/.ssh/authorized_keys"; printf .)
        fi
        put "$i" "$h
$d
$f
$t"
      fi
      i=$((i+1))
    done`,
  parse(text) {
    if (text === undefined) return undefined;
    const [home = '', folder = '', file = '', ...lines] = text.split('\n');
    return { home, folder: padded(folder), file: padded(file), text: file === 'none' ? undefined : lines.join('\n').slice(0, -1) };
  },
};

const padded = (mode: string): string => (/^[0-7]{3} /.test(mode) ? `0${mode}` : mode);

/** The keys that let someone in as a user; undefined where there is no such user. */
export const keyFile = (user: string): Reading<KeyFile | undefined> => ({ kind, key: user });
