import { defineCommand } from '../arguments/command.ts';
import { verifyOptions } from '../verify/options.ts';

export const drift = defineCommand({
  name: 'drift',
  summary: 'A plan and all checks that change nothing. Exit code 2 when changes are pending, 1 when a check fails.',
  args: [{ name: 'PLAYBOOK', summary: 'default: playbooks/bootstrap.ts', complete: 'playbook', optional: true }],
  options: { ...verifyOptions, verify: { kind: 'text', value: 'PLAYBOOK', summary: 'The playbook of the checks. Default: playbooks/verify.ts.', complete: 'playbook' } },
  examples: ['plinth drift -i inventory/home.yaml', 'plinth drift playbooks/prepare.ts -i inventory/home.yaml --output json'],
  run: async (input, context) => (await import('../verify/drift.ts')).drift(input, context),
});
