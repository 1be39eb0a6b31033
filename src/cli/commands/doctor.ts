import { defineCommand } from '../arguments/command.ts';
import { connectOptions, fleetOptions } from '../fleet/options.ts';

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'Looks at this machine and every host for what makes runs fail, and says the way out.',
  args: [{ name: 'PATTERN', summary: 'hosts or groups; all by default', optional: true, complete: 'limit' }],
  options: { ...fleetOptions, ...connectOptions, output: { kind: 'text', value: 'FORM', summary: 'text (the default) or json.', complete: ['text', 'json'] } },
  examples: ['plinth doctor -i inventory/lab.yaml', 'plinth doctor workers --output json'],
  run: async (input, context) => (await import('../doctor/doctor.ts')).doctor(input, context),
});
