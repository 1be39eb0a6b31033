import { defineCommand } from '../arguments/command.ts';
import { fleetOptions } from '../fleet/options.ts';

export const secrets = defineCommand({
  name: 'secrets',
  summary: 'Secrets encrypted with age beside the inventory: init, edit, view, rekey; check finds plain ones in the tree.',
  args: [
    { name: 'ACTION', summary: 'init, edit, view [NAME], rekey or check [PATH...]', complete: ['init', 'edit', 'view', 'rekey', 'check'] },
    { name: 'NAME', summary: 'for view: one secret alone; for check: files and folders', optional: true, many: true, complete: 'file' },
  ],
  options: {
    inventory: fleetOptions.inventory,
    file: { kind: 'text', short: 'f', value: 'FILE', summary: 'The encrypted file. Default: secrets.age beside the inventory.', complete: 'file' },
    recipient: { kind: 'list', short: 'r', value: 'KEY', summary: 'For init: who else can open it: age1..., ssh-ed25519 ..., or a file of them (~/.ssh/id_ed25519.pub).', complete: 'file' },
  },
  examples: ['plinth secrets init -r ~/.ssh/id_ed25519.pub', 'plinth secrets edit', 'plinth secrets view sudoPassword', 'plinth secrets check'],
  run: async (input, context) => (await import('../secrets/secrets.ts')).secrets(input, context),
});
