import { defineCommand } from '../arguments/command.ts';
import { fleetOptions } from '../fleet/options.ts';

export const explain = defineCommand({
  name: 'explain',
  summary: 'Shows where the variables of a host come from: every source, and which one won.',
  args: [
    { name: 'HOST', summary: 'the host', complete: 'host' },
    { name: 'VAR', summary: 'one variable, e.g. sysctl.vm.swappiness; all by default', optional: true },
  ],
  options: { inventory: fleetOptions.inventory, output: { kind: 'text', value: 'FORM', summary: 'text (the default) or json.', complete: ['text', 'json'] } },
  run: async (input, context) => (await import('../inspect/explain.ts')).explain(input, context),
});
