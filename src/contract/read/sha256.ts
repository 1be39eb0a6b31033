import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';
import { present } from './present.ts';

// `sha256sum` starts a line with a backslash when the name needed escaping: names are not read back, order is.
const kind: Kind<string | undefined> = {
  name: 'sha256',
  script: (paths) => sh`
    ${present(paths, sh`[ -f "$f" ] && { [ -r "$f" ] || { put "$i" unreadable; false; }; }`)}
    found=$(sha256sum -- "$@") || :
    set -- $there
    while read -r sum rest; do put "$1" "$sum"; shift; done <<EOF
$found
EOF`,
  parse(text, path) {
    if (text === 'unreadable') throw new Error(`${path} cannot be read by this user`);
    return text?.replace(/^\\/, '');
  },
};

/** The sha256 of a file's content in hex, links followed; undefined where there is no file. */
export const sha256 = (path: string): Reading<string | undefined> => ({ kind, key: path });
