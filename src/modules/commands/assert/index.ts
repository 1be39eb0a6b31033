import { z } from 'zod';
import { defineModule, read, refuse } from '../../../contract/index.ts';

const condition = z
  .strictObject({
    holds: z.boolean().optional().describe('A condition that the playbook itself has looked at, over variables and facts.'),
    test: z.string().min(1, 'must not be empty').optional().describe('A read-only shell test that must succeed on the node.'),
    message: z.string().min(1, 'must not be empty').describe('What is wrong where it does not hold, one sentence.'),
    hint: z.string().optional().describe('What to do then.'),
  })
  .refine(({ holds, test }) => (holds === undefined) !== (test === undefined), 'wants either holds or test');

export const assert = defineModule({
  name: 'assert',
  summary: 'Conditions that must hold before the play goes on.',

  args: z.strictObject({
    that: z.array(condition).min(1, 'must not be empty').describe('The conditions. All are looked at, and all that do not hold are told.'),
  }),

  observe: ({ that }) => read.each('test', that.flatMap(({ test }) => (test === undefined ? [] : [test])), read.condition),

  *plan({ that }, observed) {
    const broken = that.flatMap(({ holds, test, message, hint }) => {
      const seen = test === undefined ? undefined : observed[`test ${test}`];
      if (holds ?? seen?.holds) return [];
      return [{ message, hint, evidence: test === undefined ? 'a condition of the playbook' : seen?.said || `${test} fails`, isFinal: holds === false }];
    });
    const [first, ...more] = broken;
    if (!first) return;
    const hints = [...new Set(broken.flatMap(({ hint }) => hint ?? []))];
    const options = { ...(hints.length > 0 ? { hint: hints.join('\n') } : {}), ...(broken.some(({ isFinal }) => isFinal) ? { final: true } : {}) };
    if (more.length === 0) return yield refuse(first.message, first.evidence, options);
    yield refuse(`${broken.length} conditions do not hold`, broken.map(({ message, evidence }) => `${message} (${evidence})`).join('\n'), options);
  },
});
