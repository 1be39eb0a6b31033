import { z } from 'zod';
import { change, defineModule, Script, sh } from '../../../contract/index.ts';

/** It changes nothing that lasts, so it counts as no change. A line `SKIP why` means that it could not be tried. */
export const probe = defineModule({
  name: 'probe',
  summary: 'Something that is tried on the node each time, and must succeed.',

  args: z.strictObject({
    what: z.string().min(1, 'must not be empty').describe('What is tried, as a clause: `the service answers`.'),
    run: z
      .union([z.string().min(1, 'must not be empty'), z.instanceof(Script).meta({ title: 'Script' })], 'must be a shell text or sh`...`')
      .transform((run) => (typeof run === 'string' ? sh.raw(run) : run))
      .describe('Succeeds where it holds, and prints what it found. Late values may stand in it.'),
    timeout: z.int().min(1000, 'is in milliseconds: at least 1000').default(120_000).describe('Longest time it may take, in ms.'),
  }),

  observe: () => ({}),

  *plan({ what, run, timeout }) {
    yield change(what, undefined, 'tried', run, { event: true, timeout, changedWhen: () => false });
  },

  found(_, __, [applied]) {
    const lines = (applied?.stdout ?? '').trim().split('\n');
    const skip = lines.find((line) => line.startsWith('SKIP '));
    return skip === undefined ? { evidence: lines.join('; ') } : { evidence: skip.slice(5), skipped: true };
  },
});
