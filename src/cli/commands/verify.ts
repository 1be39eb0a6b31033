import { defineCommand } from '../arguments/command.ts';
import { verifyOptions } from '../verify/options.ts';

export const verify = defineCommand({
  name: 'verify',
  summary: 'Checks that the nodes are the cluster that the inventory describes, with evidence. Exit code 1 when they are not.',
  args: [{ name: 'PLAYBOOK', summary: 'default: playbooks/verify.ts', complete: 'playbook', optional: true }],
  options: verifyOptions,
  examples: ['plinth verify -i inventory/home.yaml', 'plinth verify -i inventory/home.yaml --no-smoke --output junit > verify.xml'],
  run: async (input, context) => (await import('../verify/verify.ts')).verify(input, context),
});
