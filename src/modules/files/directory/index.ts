import { z } from 'zod';
import { change, defineModule, read, refuse, sh } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';
import { accountName } from '../../args/accountName.ts';
import { octalMode } from '../../args/octalMode.ts';
import { planOwner } from '../placed.ts';

export const directory = defineModule({
  name: 'directory',
  summary: 'A directory, or none.',

  args: z
    .strictObject({
      path: absolutePath().describe('Where the directory is. Missing parents are made, 0755 and owned by root.'),
      mode: octalMode().optional().describe("Permissions as octal digits, such as '0755'. Left out: as found; 0755 for a new one."),
      owner: accountName().optional().describe('Name of the user who owns it. Left out: as found, root for a new one.'),
      group: accountName().optional().describe('Name of its group. Left out: as found, root for a new one.'),
      state: z.enum(['present', 'absent']).default('present').describe('Whether it should be there.'),
      force: z.boolean().default(false).describe('With state absent: takes it away with all it holds. Without it only an empty one goes.'),
    })
    .refine(({ path, force, state }) => state === 'present' || !force || path.split('/').length > 2, { path: ['path'], message: 'is a directory of the system itself, which is never taken away with all it holds' }),

  // A path that ends in `/.` is there only where it leads to a directory: links to directories count as those.
  observe: ({ path }) => ({ there: read.stat(path), found: read.stat(`${path === '/' ? '' : path}/.`), names: read.listing(path) }),

  *plan({ path, mode, owner, group, state, force }, { there, found, names = [] }) {
    if (there && !found) {
      return yield refuse(`${path} is not a directory`, `there is a ${there.type === 'other' ? 'device, socket or pipe' : there.type}`, { hint: 'Choose another path, or take away what is there in an earlier task.' });
    }
    if (state === 'absent') {
      if (!there) return;
      if (there.type === 'link') return yield refuse(`${path} is a link`, 'it leads to a directory', { hint: 'Take the link away with the module link, state absent.' });
      if (names.length > 0 && !force) return yield refuse(`${path} is not empty`, `it holds ${some(names)}`, { hint: 'Say force: true to take it away with all it holds.' });
      return yield change(path, names.length === 0 ? 'empty directory' : `directory of ${names.length}: ${some(names)}`, undefined, force ? sh`rm -rf -- ${path}` : sh`rmdir -- ${path}`);
    }
    if (!found) {
      const wanted = { mode: mode ?? '0755', owner: owner ?? 'root', group: group ?? 'root' };
      return yield change(path, undefined, `directory ${wanted.mode} ${wanted.owner}:${wanted.group}`, make(path, wanted));
    }
    if (mode !== undefined && found.mode !== mode) yield change(`${path} mode`, found.mode, mode, sh`chmod ${mode} -- ${path}`);
    yield* planOwner(path, found, { owner, group });
  },
});

/** Made closed, then given away and opened: nobody else can slip in before it has its owner. */
const make = (path: string, { mode, owner, group }: { mode: string; owner: string; group: string }) =>
  sh`d=${path}
mkdir -p -- "\${d%/*}/"
[ -d "$d" ] || mkdir -m 0700 -- "$d"
chown ${`${owner}:${group}`} -- "$d"
chmod ${mode} -- "$d"`;

const some = (names: readonly string[]): string => names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
