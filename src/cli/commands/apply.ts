import { defineCommand } from '../arguments/command.ts';
import { runOptions } from '../run/options.ts';

export const apply = defineCommand({
  name: 'apply',
  summary: 'Makes the nodes as the playbook says, and reads every change back.',
  args: [{ name: 'PLAYBOOK|PLAN', summary: 'a playbook, or a plan kept by `plinth plan -o FILE`', complete: 'playbook' }],
  options: {
    ...runOptions,
    step: { kind: 'flag', summary: 'Asks before each task that changes something.' },
    confirm: { kind: 'list', value: 'WORD', summary: 'What a playbook that destroys something asks for, e.g. the name of the cluster.' },
    resume: { kind: 'flag', summary: 'Goes on with the last interrupted run of this playbook; commands that were done are not repeated.' },
  },
  examples: ['plinth apply playbooks/prepare.ts -i inventory/lab.yaml', "plinth apply playbooks/prepare.ts --limit 'workers,!node3' --tags sysctl", 'plinth apply playbooks/prepare.ts --resume'],
  run: async (input, context) => (await import('../run/apply.ts')).apply(input, context),
});
