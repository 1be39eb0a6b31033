import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';
import { present } from './present.ts';

/** What `stat` says of a path, not following a link. */
export interface Stat {
  readonly type: 'file' | 'directory' | 'link' | 'other';
  /** Octal digits with a leading 0, e.g. `0644`. */
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
  /** In bytes. */
  readonly size: number;
  /** Of the last change of content, seconds since 1970. */
  readonly mtime: number;
}

const types: Readonly<Record<string, Stat['type']>> = { 'regular file': 'file', 'regular empty file': 'file', directory: 'directory', 'symbolic link': 'link' };

// One process for all paths. Paths that are not there are left out first, so answers come in the order of the rest.
const kind: Kind<Stat | undefined> = {
  name: 'stat',
  script: (paths) => sh`
    ${present(paths, sh`[ -e "$f" ] || [ -L "$f" ]`)}
    found=$(stat -c '%F|%a|%U|%G|%s|%Y' -- "$@") || :
    set -- $there
    while IFS= read -r line; do put "$1" "$line"; shift; done <<EOF
$found
EOF`,
  parse: (text) => (text === undefined ? undefined : parseStat(text)),
};

/** Understands a line of `stat -c '%F|%a|%U|%G|%s|%Y'`. */
export function parseStat(line: string): Stat {
  const [type = '', mode = '', owner = '', group = '', size = '', mtime = ''] = line.split('|');
  return { type: types[type] ?? 'other', mode: mode.padStart(4, '0'), owner, group, size: Number(size), mtime: Number(mtime) };
}

/** Type, mode, owner, group, size and time of a path (a link itself, not its target); undefined where there is nothing. */
export const stat = (path: string): Reading<Stat | undefined> => ({ kind, key: path });
