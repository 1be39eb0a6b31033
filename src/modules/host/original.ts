import { type Script, sh } from '../../contract/index.ts';

/** The first line of every file that Plinth writes whole. */
export const mark = '# Written by Plinth.';

/** Where a file that came with the system waits to be put back. */
export const originalOf = (path: string): string => `/var/lib/plinth/before${path}`;

/** Keeps a file as it was before Plinth first wrote it. What Plinth wrote itself is no original. */
const keep = (path: string): Script => sh`path=${path}; kept=${originalOf(path)}
if [ -f "$path" ] && [ ! -e "$kept" ] && ! head -n 1 -- "$path" | grep -q 'Written by Plinth'; then
  mkdir -p -- "\${kept%/*}"
  cp -p -- "$path" "$kept.new"
  mv -f -- "$kept.new" "$kept"
fi`;

export interface Replacement {
  readonly path: string;
  readonly text: string;
  /** Octal digits. Default: 0644. */
  readonly mode?: string;
  /** Shell text that must succeed before the file is put in place; the new file is "$new". */
  readonly check?: Script;
}

/** Puts a file in place of one that came with the system, which is kept for `putBack`. */
export const replaceFile = ({ path, text, mode = '0644', check = sh`:` }: Replacement): Script => sh`umask 077
${keep(path)}
mkdir -p -m 0755 -- "\${path%/*}"
new=$path.plinth
trap 'rm -f -- "$new"' EXIT
printf %s ${text} >"$new"
${check}
chmod ${mode} -- "$new"
mv -f -- "$new" "$path"
if [ -e /sys/fs/selinux/enforce ] && command -v restorecon >/dev/null 2>&1; then restorecon -- "$path"; fi`;

/** Brings back what `replaceFile` kept, or takes the file away where there was none; then the folder, where it is left empty. */
export const putBack = (path: string): Script => sh`path=${path}; kept=${originalOf(path)}
if [ -e "$kept" ]; then mv -f -- "$kept" "$path"; else rm -f -- "$path"; fi`;
