import { defineCommand } from '../arguments/command.ts';
import { connectOptions, fleetOptions } from '../fleet/options.ts';

export const ping = defineCommand({
  name: 'ping',
  summary: 'Connects to every host and tells how: reach, login, sudo, latency.',
  args: [{ name: 'PATTERN', summary: 'hosts or groups; all by default', optional: true, complete: 'limit' }],
  options: { ...fleetOptions, ...connectOptions, output: { kind: 'text', value: 'FORM', summary: 'text (the default) or json.', complete: ['text', 'json'] } },
  run: async (input, context) => (await import('../nodes/ping.ts')).ping(input, context),
});
