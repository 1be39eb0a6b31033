import { z } from 'zod';
import { change, defineModule, read, refuse, sh } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';

export const link = defineModule({
  name: 'link',
  summary: 'A symbolic link, or none.',

  args: z
    .strictObject({
      path: absolutePath().describe('Where the link is.'),
      target: z.string().min(1, 'must not be empty').optional().describe('What it points to, as it is written into the link: an absolute path, or one relative to its directory. It need not be there.'),
      state: z.enum(['present', 'absent']).default('present').describe('Whether it should be there.'),
      force: z.boolean().default(false).describe('Replaces a file in its place. A directory is never replaced, unless it is empty.'),
    })
    .refine(({ state, target }) => (state === 'present') === (target !== undefined), 'a link that is present wants a target, and one that is absent has none'),

  observe: ({ path }) => ({ found: read.stat(path), points: read.link(path), names: read.listing(path) }),

  *plan({ path, target, force }, { found, points, names = [] }) {
    if (points === undefined && found) {
      const what = found.type === 'directory' ? `a directory of ${names.length}` : found.type === 'file' ? `a file of ${found.size} bytes` : 'a device, socket or pipe';
      if (target === undefined) return yield refuse(`${path} is not a link`, `it is ${what}`, { hint: 'Take it away with the module file or directory.' });
      if (!force || names.length > 0) return yield refuse(`${path} is in the way`, `it is ${what}`, { hint: names.length > 0 ? 'Move away what it holds.' : 'Say force: true to replace it.' });
      return yield change(path, what, `-> ${target}`, found.type === 'directory' ? sh.lines([sh`rmdir -- ${path}`, place(path, target)]) : place(path, target));
    }
    if (points === target) return;
    const from = points === undefined ? undefined : `-> ${points}`;
    yield target === undefined ? change(path, from, undefined, sh`rm -f -- ${path}`) : change(path, from, `-> ${target}`, place(path, target));
  },
});

/** Made beside its place, then renamed: there is never a moment without a link. `-T` because a link to a directory would be entered. */
const place = (path: string, target: string) =>
  sh`p=${path}; n=\${p%/*}/.plinth.$$.link
trap 'rm -f -- "$n"' EXIT
ln -s -- ${target} "$n"
mv -f -T -- "$n" "$p"`;
