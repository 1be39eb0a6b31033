import { defineCommand } from '../arguments/command.ts';
import { runOptions } from '../run/options.ts';

export const plan = defineCommand({
  name: 'plan',
  summary: 'Tells what apply would change, and changes nothing. Exit code 2 when there is something.',
  args: [{ name: 'PLAYBOOK', summary: 'the playbook, e.g. playbooks/prepare.ts', complete: 'playbook' }],
  options: { ...runOptions, save: { kind: 'text', short: 'o', value: 'FILE', summary: 'Keeps the plan, for `plinth apply FILE`.', complete: 'file' } },
  examples: ['plinth plan playbooks/prepare.ts -i inventory/lab.yaml --diff', 'plinth plan playbooks/prepare.ts -o today.plan && plinth apply today.plan'],
  run: async (input, context) => (await import('../run/plan.ts')).plan(input, context),
});
