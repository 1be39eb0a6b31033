import { z } from 'zod';
import { defineModule } from '../../../contract/index.ts';
import { removals, settings, soundEdits } from '../keyed/edits.ts';
import { keyedArgs, observeKeyed, planKeyed } from '../keyed/keyed.ts';
import { editJson } from './edit.ts';

/** Numbers are compared as JavaScript reads them: beyond 2^53 two different ones may count as equal. */
export const json = defineModule({
  name: 'json',
  summary: 'Keys of a JSON file, set or taken away, all else kept byte for byte.',

  args: z
    .strictObject({
      ...keyedArgs,
      values: settings(z.json()).prefault({}).describe('What should be there by its path of keys, such as `log-opts.max-size` or `a."with.dot".list[0]`. A map or list replaces the whole of what is there.'),
      absent: removals().prefault([]).describe('Paths of keys that should not be there.'),
      comments: z.boolean().default(false).describe('Takes comments and commas before a closing bracket, as some programs do. Without it such a file is refused.'),
    })
    .superRefine(soundEdits),

  observe: observeKeyed,

  *plan({ values, absent, comments, ...file }, observed) {
    yield* planKeyed(file, (text) => editJson(text, [...absent, ...values], comments), observed);
  },
});
