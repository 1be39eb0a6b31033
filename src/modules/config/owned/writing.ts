import { type Script, sh } from '../../../contract/index.ts';

export interface Writing {
  readonly path: string;
  readonly text: string;
  readonly mode: string;
  readonly check?: Script | undefined;
  readonly after?: Script | undefined;
}

/**
 * Writes a small text whole: made beside its place, judged, then renamed, so that nobody ever reads half of it. A step of
 * its own rather than an upload because directories are made before and daemons are told behind.
 */
export const writing = ({ path, text, mode, check = sh`:`, after = sh`:` }: Writing): Script => sh`t=${path}; d=\${t%/*}; n=$d/.plinth.$$.new
umask 022
[ -d "$d/" ] || mkdir -p -- "$d"
trap 'rm -f -- "$n"' EXIT; trap 'exit 143' HUP INT TERM
printf %s ${text} >"$n"
chmod ${mode} -- "$n"
${check}
mv -f -- "$n" "$t"
trap - EXIT
if [ -e /sys/fs/selinux/enforce ] && command -v restorecon >/dev/null 2>&1; then restorecon -- "$t"; fi
${after}`;
