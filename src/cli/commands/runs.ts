import { defineCommand } from '../arguments/command.ts';

export const runs = defineCommand({
  name: 'runs',
  summary: 'Lists the last runs, tells one of them again, or says how two differ.',
  args: [
    { name: 'show|diff', summary: '`show` tells a run again, `diff` compares two', optional: true, complete: ['show', 'diff'] },
    { name: 'RUN', summary: 'its id, the beginning of it, or `last`', optional: true, complete: 'run' },
    { name: 'OTHER', summary: 'for diff: the run to compare with; the last by default', optional: true, complete: 'run' },
  ],
  options: {
    output: { kind: 'text', value: 'FORM', summary: 'text (the default); for show jsonl or junit, for diff json.', complete: ['text', 'jsonl', 'junit', 'json'] },
    diff: { kind: 'flag', short: 'D', summary: 'Shows unified diffs of texts.' },
    verbose: { kind: 'flag', short: 'v', summary: 'Tells everything.' },
  },
  examples: ['plinth runs', 'plinth runs show last --diff', 'plinth runs diff 20261120-185015 last'],
  run: async (input, context) => (await import('../inspect/runs.ts')).runs(input, context),
});
