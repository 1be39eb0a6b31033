import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';
import { present } from './present.ts';

// GNU stat tells nanoseconds by %.Y; busybox knows whole seconds.
const kind: Kind<number | undefined> = {
  name: 'fileTime',
  script: (paths) => sh`
    ${present(paths, sh`[ -e "$f" ]`)}
    found=$(stat -L -c '%.Y' -- "$@" 2>/dev/null) || :
    case $found in [0-9]*) ;; *) found=$(stat -L -c '%Y' -- "$@");; esac
    set -- $there
    while read -r t; do put "$1" "$t"; shift; done <<EOF
$found
EOF`,
  parse: (text) => (text === undefined ? undefined : Number(text) * 1000),
};

/** When a file's content was last changed, ms since 1970 with what finer part the node tells; links followed. */
export const fileTime = (path: string): Reading<number | undefined> => ({ kind, key: path });
