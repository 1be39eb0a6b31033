import { defineCommand } from '../arguments/command.ts';

export const runs = defineCommand({
  name: 'runs',
  summary: 'Lists the last runs, or tells one of them again.',
  args: [
    { name: 'show', summary: 'tells a run again', optional: true, complete: ['show'] },
    { name: 'RUN', summary: 'its id, the beginning of it, or `last`', optional: true, complete: 'run' },
  ],
  options: {
    output: { kind: 'text', value: 'FORM', summary: 'text (the default), jsonl or junit.', complete: ['text', 'jsonl', 'junit'] },
    diff: { kind: 'flag', short: 'D', summary: 'Shows unified diffs of texts.' },
    verbose: { kind: 'flag', short: 'v', summary: 'Tells everything.' },
  },
  examples: ['plinth runs', 'plinth runs show last --diff'],
  run: async (input, context) => (await import('../inspect/runs.ts')).runs(input, context),
});
