import type { Command } from '../arguments/command.ts';
import { apply } from './apply.ts';

/** An apply of the playbook that takes the cluster away; the playbook itself asks for the name of the cluster. */
export const reset: Command = {
  ...apply,
  name: 'reset',
  summary: 'Takes the cluster off the nodes, back to what was there before. Asks for its name first.',
  args: [{ name: 'PLAYBOOK', summary: 'default: playbooks/reset.ts', complete: 'playbook', optional: true }],
  examples: ['plinth reset -i inventory/home.yaml', 'plinth reset -i inventory/home.yaml --limit worker2 --confirm home'],
  run: (given, context) => apply.run({ ...given, args: [given.args[0] ?? 'playbooks/reset.ts'] }, context),
};
