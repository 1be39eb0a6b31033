import { defineCommand } from '../arguments/command.ts';

export const inventory = defineCommand({
  name: 'inventory',
  summary: 'Imports an Ansible inventory: the same hosts, groups and variables as a typed inventory of Plinth.',
  args: [
    { name: 'ACTION', summary: 'import', complete: ['import'] },
    { name: 'PATH', summary: 'an Ansible inventory: a file or its folder', complete: 'file' },
  ],
  options: { out: { kind: 'text', value: 'DIR', summary: 'Where to write. Default: ./inventory. Nothing is overwritten.', complete: 'file' } },
  examples: ['plinth inventory import ansible/hosts.ini', 'plinth inventory import inventory/mycluster --out fleet'],
  run: async (input, context) => (await import('../inventory/inventory.ts')).inventory(input, context),
});
