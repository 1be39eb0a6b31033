import { defineCommand } from '../arguments/command.ts';

export const init = defineCommand({
  name: 'init',
  summary: 'Writes a typed project that plans at once: asks for your nodes and what the cluster is to be, or makes a starter for the lab.',
  args: [{ name: 'DIR', summary: 'where; this folder by default', optional: true, complete: 'file' }],
  options: { yes: { kind: 'flag', short: 'y', summary: 'Asks nothing, and writes the starter for the lab; so it does without a terminal and in CI.' } },
  examples: ['plinth init', 'plinth init home --yes'],
  run: async (input, context) => (await import('../init/command.ts')).init(input, context),
});
