import { z } from 'zod';
import { change, defineModule, quote, read, refuse, sh } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';
import { octalMode } from '../../args/octalMode.ts';
import { formatOf, formats, packing, programFor } from '../unarchive/format.ts';

/** Files that come, go or change make it anew, since their directory or they themselves are newer; one put there with an old date is not noticed. */
export const archive = defineModule({
  name: 'archive',
  summary: 'Files and directories packed into an archive, again when one of them is newer.',

  args: z
    .strictObject({
      paths: z.array(absolutePath().refine((path) => path !== '/', 'must not be the root')).min(1).describe('What is packed. Names in the archive are relative to the root.'),
      to: absolutePath().describe('The archive: .tar, .tar.gz, .tar.xz, .tar.zst, .tar.bz2 or .zip. Its directory must be there, and not below what is packed.'),
      format: z.enum(formats).optional().describe('What the archive is. Left out: by the ending of its name.'),
      mode: octalMode().default('0600').describe('Permissions of the archive.'),
      state: z.enum(['present', 'absent']).default('present').describe('Whether it should be there.'),
    })
    .refine(({ to, format }) => format !== undefined || formatOf(to) !== undefined, { path: ['to'], message: `has an ending that does not tell what it is: say format, one of ${formats.join(', ')}` })
    .refine(({ paths, to }) => !paths.some((path) => to.startsWith(`${path}/`)), { path: ['to'], message: 'is below what is packed, so it would always be older' }),

  observe: ({ paths, to, format }) => ({
    found: read.stat(to),
    newer: read.condition(`find ${paths.map(quote).join(' ')} -newer ${quote(to)} 2>/dev/null | { IFS= read -r first && printf %s "$first"; }`),
    missing: read.condition(`for p in ${paths.map(quote).join(' ')}; do if [ ! -e "$p" ] && [ ! -L "$p" ]; then printf %s "$p"; exit 1; fi; done`),
    program: read.condition(`command -v ${format === 'zip' || formatOf(to) === 'zip' ? 'zip' : `tar >/dev/null && command -v ${programFor(format ?? formatOf(to) ?? 'tar')}`} >/dev/null`),
  }),

  *plan({ paths, to, format, mode, state }, { found, newer, missing, program }) {
    if (found && found.type !== 'file') return yield refuse(`${to} is not a file`, `there is a ${found.type}`, { hint: 'Choose another name for the archive.' });
    if (state === 'absent') {
      if (found) yield change(to, `archive of ${found.size} bytes`, undefined, sh`rm -f -- ${to}`);
      return;
    }
    if (missing?.holds === false) return yield refuse(`there is no ${missing.said}`, 'nothing to pack', { hint: 'Let an earlier task bring it, or leave it out.' });
    if (program?.holds === false) return yield refuse(`this node cannot pack ${to}`, 'the program for it is not there', { hint: 'Install tar, and what compresses, in an earlier task.' });
    if (!found || newer?.holds) {
      // A file that is as old as the archive would be newer a moment later: the archive gets the time at which packing began.
      const run = sh`t=${to}; n=\${t%/*}/.plinth.$$.new
umask 0077
trap 'rm -f -- "$n" "$n.tar" "$n.time"' EXIT
: >"$n.time"
set -- ${paths.map((path) => path.slice(1))}
${packing(format ?? formatOf(to) ?? 'tar')}
chmod ${mode} -- "$n"
touch -r "$n.time" -- "$n"
mv -f -- "$n" "$t"`;
      return yield change(to, found && `older than ${newer?.said ?? ''}`, `archive of ${paths.join(', ')}`, run);
    }
    if (found.mode !== mode) yield change(`${to} mode`, found.mode, mode, sh`chmod ${mode} -- ${to}`);
  },
});
