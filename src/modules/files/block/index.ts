import { z } from 'zod';
import { defineModule } from '../../../contract/index.ts';
import { editing, pattern } from '../editing.ts';
import { observeEdited, planEdited } from '../edited.ts';
import { withBlock } from '../withBlock.ts';

const oneLine = /^[^\n\r]*$/;

export const block = defineModule({
  name: 'block',
  summary: 'Several lines between two markers in a text file that others own.',

  args: z
    .strictObject({
      ...editing,
      name: z.string().regex(/^[^\n\r]+$/, 'must be one line').describe('Tells this block from others in the same file. It stands in both markers.'),
      content: z.string().optional().describe('The lines between the markers.'),
      comment: z.string().regex(oneLine, 'must be one line').default('#').describe('What starts a comment in this file, such as #, // or ;.'),
      commentEnd: z.string().regex(oneLine, 'must be one line').default('').describe('What ends a comment, where the file needs it, such as -->.'),
      after: pattern().optional().describe('A new block goes behind the last line that fits this regular expression (JavaScript).'),
      before: pattern().optional().describe('A new block goes before the first line that fits this.'),
      state: z.enum(['present', 'absent']).default('present').describe('Whether the block should be there.'),
    })
    .refine(({ state, content }) => (state === 'present') === (content !== undefined), 'a block that is present wants content, and one that is absent has none'),

  observe: ({ path }) => observeEdited(path),

  *plan({ path, create, validate, name, content, comment, commentEnd, after, before }, observed) {
    const marker = (word: string): string => [comment, word, name, commentEnd].filter(Boolean).join(' ');
    const edit = (text: string): string => withBlock(text, { begin: marker('BEGIN'), end: marker('END'), content, after, before });
    yield* planEdited({ path, edit, create: create && content !== undefined, validate }, observed);
  },
});
