import { z } from 'zod';
import { change, defineModule, read, refuse, type Script, sh } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';
import { accountName } from '../../args/accountName.ts';
import { type Format, formatOf, formats, programFor, unpacking } from './format.ts';
import { stampFor, unpacked } from './unpacked.ts';

/**
 * What it brought is written down in /var/lib/plinth/unarchive. It is unpacked again when the archive is another one, or
 * when a member of it is gone; a member that was changed by hand is not noticed.
 */
export const unarchive = defineModule({
  name: 'unarchive',
  summary: 'An archive on the node unpacked into a directory.',

  args: z
    .strictObject({
      archive: absolutePath().describe('The archive: .tar, .tar.gz, .tar.xz, .tar.zst, .tar.bz2 or .zip.'),
      to: absolutePath().describe('The directory. It is made where it is not there.'),
      format: z.enum(formats).optional().describe('What the archive is. Left out: by the ending of its name.'),
      sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be a sha256: 64 digits in hex').optional().describe('Of the archive, in hex. With it an archive that is not there yet is counted on: an earlier task brings it.'),
      strip: z.int().min(0).max(9).default(0).describe('How many leading directories of the names in it are left off.'),
      owner: accountName().optional().describe('Name of the user who owns what is unpacked. Left out: root.'),
      group: accountName().optional().describe('Name of its group. Left out: root.'),
      creates: absolutePath().optional().describe('A path that tells by itself that it was unpacked: where it is there, nothing else is looked at.'),
      state: z.enum(['present', 'absent']).default('present').describe('`absent` takes away the files it brought, and directories that become empty.'),
    })
    .refine(({ archive, format }) => format !== undefined || formatOf(archive) !== undefined, { path: ['archive'], message: `has an ending that does not tell what it is: say format, one of ${formats.join(', ')}` }),

  observe: ({ archive, to, creates, format }) => ({
    found: unpacked(archive, to),
    done: read.stat(creates ?? '/nonexistent'),
    program: read.condition(`command -v ${programFor(format ?? formatOf(archive) ?? 'tar')} >/dev/null && command -v tar >/dev/null`),
  }),

  *plan({ archive, to, format, sha256, strip, owner = 'root', group = 'root', creates, state }, { found, done, program }) {
    const { stamp, missing, archive: there } = found ?? {};
    if (state === 'absent') {
      if (stamp !== undefined) yield change(to, `what ${archive} brought`, undefined, takingAway(archive, to));
      return;
    }
    if (creates !== undefined && done) return;
    const kind = format ?? formatOf(archive) ?? 'tar';
    const how = `strip=${strip} ${owner}:${group}`;
    const source = sha256 ?? there;
    if (source === undefined) {
      // It was unpacked, and the archive may have been thrown away since.
      if (stamp !== undefined && missing === undefined && stamp.endsWith(` ${how}`)) return;
      return yield refuse(`there is no archive ${archive}`, 'nothing could be unpacked', { hint: 'Let an earlier task bring it, such as download; say its sha256 here too and it is counted on.' });
    }
    if (stamp === `${source} ${how}` && missing === undefined) return;
    if (sha256 !== undefined && there !== undefined && there !== sha256) return yield refuse(`${archive} is not the archive that is wanted`, `its sha256 is ${there}`, { hint: 'Let an earlier task bring the right one.' });
    if (program?.holds === false) return yield refuse(`this node cannot unpack ${kind}`, `${kind === 'tar' || kind === 'zip' ? programFor(kind).replace('cat', 'tar') : `tar or ${programFor(kind)}`} is not there`, { hint: 'Install it in an earlier task.' });
    const from = stamp === undefined ? undefined : missing === undefined ? `unpacked from ${stamp.slice(0, 12)}` : `without ${missing}`;
    yield change(to, from, `unpacked from ${source.slice(0, 12)}`, unpack({ archive, to, format: kind, strip, owner, group, how, sha256 }));
  },
});

interface Unpacking {
  readonly archive: string;
  readonly to: string;
  readonly format: Format;
  readonly strip: number;
  readonly owner: string;
  readonly group: string;
  readonly how: string;
  readonly sha256: string | undefined;
}

// Unpacked beside its place first: a broken archive leaves nothing behind, and what it holds is known. Then each
// file is renamed into its place, so that programs that run keep theirs.
const unpack = ({ archive, to, format, strip, owner, group, how, sha256 = '' }: Unpacking): Script => sh`a=${archive}; to=${to}; want=${sha256}; s=${stampFor(archive, to)}
umask 022
sum=$(sha256sum <"$a"); sum=\${sum%% *}
if [ -n "$want" ] && [ "$sum" != "$want" ]; then echo "$a has the sha256 $sum" >&2; exit 1; fi
mkdir -p -- "$to" "\${s%/*}"
x=$to/.plinth.$$.d
trap 'rm -rf -- "$x" "$x.tar" "$s.new"' EXIT
mkdir -m 0700 -- "$x"
${unpacking(format)}
chown -R -h ${`${owner}:${group}`} -- "$x"
printf '%s %s\n' "$sum" ${how} >"$s.new"
( cd -- "$x"; find . -mindepth ${strip + 1} ) | while IFS= read -r m; do
  m=\${m#./}; k=${strip}
  while [ "$k" -gt 0 ]; do m=\${m#*/}; k=$((k-1)); done
  printf '%s\n' "$m"
done | sort -u >>"$s.new"
# Directories that are there keep their owner and permissions.
merge() {
  for f in "$1"/* "$1"/.*; do
    n=\${f##*/}
    case $n in .|..) continue;; esac
    if [ ! -e "$f" ] && [ ! -L "$f" ]; then continue; fi
    if [ -d "$f" ] && [ ! -L "$f" ] && [ -d "$2/$n" ]; then merge "$f" "$2/$n"; continue; fi
    if [ -L "$2/$n" ]; then rm -f -- "$2/$n"; fi
    if [ -d "$2/$n" ]; then echo "$2/$n is a directory, where a file should be" >&2; exit 1; fi
    mv -f -- "$f" "$2/$n"
  done
}
find "$x" -mindepth ${strip} -maxdepth ${strip} -type d | while IFS= read -r r; do merge "$r" "$to"; done
mv -f -- "$s.new" "$s"`;

// Directories come before what they hold, so they are taken from the end; one that others use too stays.
const takingAway = (archive: string, to: string): Script => sh`to=${to}; s=${stampFor(archive, to)}
sed 1d "$s" | sort -r | while IFS= read -r m; do
  if [ -d "$to/$m" ] && [ ! -L "$to/$m" ]; then rmdir -- "$to/$m" 2>/dev/null || :; else rm -f -- "$to/$m"; fi
done
rm -f -- "$s"
rmdir -- "$to" 2>/dev/null || :`;
