import type { FileToPut } from '../../contract/connection.ts';
import { cleaningUp } from '../../contract/script/cleaningUp.ts';
import { quote } from '../../contract/script/quote.ts';

export interface Place {
  readonly file: FileToPut;
  /** A name beside the target: a rename is atomic only within one file system. */
  readonly staging: string;
  /** Of the content, in hex. */
  readonly sha256: string;
  /** The content itself; without it the staging file is there already. */
  readonly base64?: string;
}

/** Checks the staging file and puts it in place. Reports what it was `doing` when it failed, and then leaves nothing. */
export function placeScript({ file, staging, sha256, base64 }: Place): string {
  const receive =
    base64 === undefined
      ? ''
      : `command -v base64 >/dev/null 2>&1 || { put no-base64 1; exit 1; }
doing='it cannot be written'
rm -f -- "$f"
(umask 077; set -C; : >"$f")
base64 -d >>"$f" <<'END'
${base64}END
`;
  const validate = file.validate === undefined ? '' : `doing='its validation command refused it'\n( ${file.validate.replaceAll('%s', '"$f"')}\n)\n`;
  return `f=${quote(staging)} to=${quote(file.path)} doing=
${cleaningUp('[ $? = 0 ] || { rm -f -- "$f"; put doing "$doing"; }')}
${receive}doing='it did not arrive whole'
sum=$(sha256sum <"$f")
[ "\${sum%% *}" = ${sha256} ]
doing='its owner cannot be set'
chown -h -- ${quote(`${file.owner}:${file.group}`)} "$f"
doing='its mode cannot be set'
chmod -- ${quote(file.mode)} "$f"
${validate}doing='it cannot be renamed'
[ ! -d "$to" ] || { echo "$to is a directory" >&2; exit 1; }
mv -f -- "$f" "$to"
if command -v restorecon >/dev/null 2>&1; then restorecon "$to" 2>/dev/null || :; fi
`;
}
