import { z } from 'zod';
import { defineModule } from '../../../contract/index.ts';
import { editing, pattern } from '../editing.ts';
import { observeEdited, planEdited } from '../edited.ts';
import { linesOf, placeFor, textOf } from '../lines.ts';

export const line = defineModule({
  name: 'line',
  summary: 'One line of a text file that others own, or no such line.',

  args: z
    .strictObject({
      ...editing,
      line: z.string().regex(/^[^\n\r]*$/, 'must be one line').optional().describe('The line as it should stand, without the newline.'),
      match: pattern().optional().describe('Regular expression (JavaScript) of the lines that this one replaces. Left out: only a line equal to it.'),
      every: z.boolean().default(false).describe('Where several lines fit `match`: changes each of them. Without it the last is changed and the others are taken away.'),
      after: pattern().optional().describe('Where no line fits: puts it behind the last line that fits this.'),
      before: pattern().optional().describe('Where no line fits: puts it before the first line that fits this.'),
      state: z.enum(['present', 'absent']).default('present').describe('Whether there should be such a line. Absent takes away every line that fits `match` or equals `line`.'),
    })
    .refine(({ state, line: wanted, match }) => (state === 'present' ? wanted !== undefined : wanted !== undefined || match !== undefined), 'a line that is present wants its text (line), and one that is absent a text or a match')
    .refine(({ line: wanted, match, state }) => state === 'absent' || !match || wanted === undefined || match.test(wanted), {
      path: ['match'],
      message: 'does not fit the line itself, so a second run would add the line again',
    }),

  observe: ({ path }) => observeEdited(path),

  *plan({ path, create, validate, line: wanted, match, every, after, before, state }, observed) {
    const fits = (one: string): boolean => one === wanted || match?.test(one) === true;
    const edit = (text: string): string => {
      const lines = linesOf(text);
      if (state === 'absent' || wanted === undefined) return lines.some(fits) ? textOf(lines.filter((one) => !fits(one))) : text;
      const last = lines.findLastIndex(fits);
      if (last < 0) return textOf(lines.toSpliced(placeFor(lines, { after, before }), 0, wanted));
      const replaced = every ? lines.map((one) => (fits(one) ? wanted : one)) : lines.flatMap((one, at) => (at === last ? [wanted] : fits(one) ? [] : [one]));
      return replaced.some((one, at) => one !== lines[at]) || replaced.length !== lines.length ? textOf(replaced) : text;
    };
    yield* planEdited({ path, edit, create: create && state === 'present', validate }, observed);
  },
});
