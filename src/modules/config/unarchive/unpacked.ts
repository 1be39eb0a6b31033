import { createHash } from 'node:crypto';
import { z } from 'zod';
import { read, sh } from '../../../contract/index.ts';

/** Where it is written down what an archive brought to a directory. */
export const stampFor = (archive: string, to: string): string => `/var/lib/plinth/unarchive/${createHash('sha256').update(`${archive}\n${to}`).digest('hex').slice(0, 24)}`;

const schema = z.string().transform((text) => {
  const [archive = '', stamp = '', missing = ''] = text.split('\n');
  return { archive: archive === '' ? undefined : archive, stamp: stamp === '' ? undefined : stamp, missing: missing === '' ? undefined : missing };
});

/**
 * The sha256 of the archive; what the stamp says it was unpacked from and how; and the first member that is not there any
 * more. Members are only looked for: that one was changed is not seen.
 */
export const unpacked = (archive: string, to: string) =>
  read.shell(
    sh`a=${archive}; to=${to}; s=${stampFor(archive, to)}
if [ -f "$a" ]; then sum=$(sha256sum <"$a"); sum=\${sum%% *}; else sum=''; fi
stamp=''; missing=''
if [ -f "$s" ]; then
  { IFS= read -r stamp || :
    while IFS= read -r m; do
      if [ ! -e "$to/$m" ] && [ ! -L "$to/$m" ]; then missing=$m; break; fi
    done
  } <"$s"
fi
printf '%s\n%s\n%s\n' "$sum" "$stamp" "$missing"`,
    schema,
  );
