import { defineCommand } from '../arguments/command.ts';

export const doc = defineCommand({
  name: 'doc',
  summary: 'The reference of the modules: all of them, or one with its arguments.',
  args: [{ name: 'MODULE', summary: 'the module, e.g. sysctl', optional: true, complete: 'module' }],
  options: { json: { kind: 'flag', summary: 'As JSON, arguments as JSON Schema.' } },
  run: async (input, context) => (await import('../inspect/doc.ts')).doc(input, context),
});
