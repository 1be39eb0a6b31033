import { adviceOptions } from '../advise/options.ts';
import { defineCommand } from '../arguments/command.ts';
import { connectOptions, fleetOptions } from '../fleet/options.ts';

export const advise = defineCommand({
  name: 'advise',
  summary: 'Says for each node what can be tuned, what cannot, and why.',
  args: [{ name: 'PATTERN', summary: 'hosts or groups; all by default', optional: true, complete: 'limit' }],
  options: {
    ...fleetOptions,
    ...connectOptions,
    ...adviceOptions,
  },
  run: async (input, context) => (await import('../advise/advise.ts')).adviseFleet(input, context),
});
