import { defineCommand } from '../arguments/command.ts';
import { connectOptions, fleetOptions } from '../fleet/options.ts';

export const facts = defineCommand({
  name: 'facts',
  summary: 'Shows what the nodes are: system, kernel, CPUs, memory, network, clock.',
  args: [{ name: 'PATTERN', summary: 'hosts or groups; all by default', optional: true, complete: 'limit' }],
  options: { ...fleetOptions, ...connectOptions, output: { kind: 'text', value: 'FORM', summary: 'text (the default) or json, which has everything.', complete: ['text', 'json'] } },
  run: async (input, context) => (await import('../nodes/facts.ts')).facts(input, context),
});
