import { defineCommand } from '../arguments/command.ts';
import { fleetOptions } from '../fleet/options.ts';

export const schema = defineCommand({
  name: 'schema',
  summary: 'Prints a JSON Schema: of the inventory files (for editors) or of the events that --output jsonl prints.',
  args: [{ name: 'WHAT', summary: 'inventory (the default) or events', optional: true, complete: ['inventory', 'events'] }],
  options: { inventory: fleetOptions.inventory },
  examples: ['plinth schema -i inventory/lab.yaml > inventory/schema.json'],
  run: async (input, context) => (await import('../inspect/schema.ts')).schema(input, context),
});
