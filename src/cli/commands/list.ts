import { defineCommand } from '../arguments/command.ts';
import { fleetOptions } from '../fleet/options.ts';

export const list = defineCommand({
  name: 'list',
  summary: 'Shows hosts and groups, or the plays and tasks of a playbook, without connecting.',
  args: [{ name: 'PLAYBOOK', summary: 'the playbook whose tasks to show', optional: true, complete: 'playbook' }],
  options: { ...fleetOptions, output: { kind: 'text', value: 'FORM', summary: 'text (the default) or json.', complete: ['text', 'json'] }, verbose: { kind: 'flag', short: 'v', summary: 'Warnings name everything, such as all variables of an Ansible inventory that the schema leaves out.' } },
  run: async (input, context) => (await import('../inspect/list.ts')).list(input, context),
});
