import { z } from 'zod';
import { change, defineModule, refuse, secret, sh } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';
import { placing } from '../placing.ts';
import { observePlaced, planPlaced } from '../placed.ts';

/** What a file holds. A secret is compared on the node by its digest and never shown. */
const content = z.union([z.string(), z.instanceof(Uint8Array).meta({ title: 'Uint8Array' }), secret()], 'must be a text, bytes or a secret');

export const file = defineModule({
  name: 'file',
  summary: 'A file with exactly this content, or no file.',

  args: z
    .strictObject({
      path: absolutePath().describe('Where the file is. Its directory must be there.'),
      content: content.optional().describe('All that it holds: a text, bytes, or a secret. A text should end with a newline.'),
      state: z.enum(['present', 'absent']).default('present').describe('Whether it should be there.'),
      ...placing,
    })
    .refine(({ state, content: wanted }) => (state === 'present') === (wanted !== undefined), 'a file that is present wants content, and one that is absent has none'),

  observe: ({ path, content: wanted = '' }) => observePlaced({ path, content: wanted }),

  *plan({ content: wanted, ...args }, observed) {
    if (wanted !== undefined) return yield* planPlaced({ ...args, content: wanted }, observed);
    const { found, link, content: there } = observed;
    const { path } = args;
    if (found?.type === 'directory' && link === undefined) return yield refuse(`${path} is a directory`, 'a file was expected, or nothing', { hint: 'Take a directory away with the module directory, state absent.' });
    if (link !== undefined) yield change(path, `link to ${link}`, undefined, sh`rm -f -- ${path}`);
    else if (found) yield change(path, typeof there === 'object' ? (there.text ?? `sha256 ${there.sha256}`) : 'a file', undefined, sh`rm -f -- ${path}`);
  },
});
