import { defineCommand } from '../arguments/command.ts';

export const init = defineCommand({
  name: 'init',
  summary: 'Writes a typed starter project: inventory, schema, a playbook and a module of your own.',
  args: [{ name: 'DIR', summary: 'where; this folder by default', optional: true, complete: 'file' }],
  options: {},
  run: async (input, context) => (await import('../init/command.ts')).init(input, context),
});
