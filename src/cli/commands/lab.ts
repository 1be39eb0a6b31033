import { defineCommand } from '../arguments/command.ts';

export const lab = defineCommand({
  name: 'lab',
  summary: 'Disposable Linux nodes on this machine, to try playbooks on: up, down, status, ssh, snapshot, restore.',
  args: [
    { name: 'ACTION', summary: 'up, down, status, ssh NODE, snapshot NAME or restore NAME', complete: ['up', 'down', 'status', 'ssh', 'snapshot', 'restore'] },
    { name: 'NAME', summary: 'the node of ssh, or the name of the snapshot', optional: true },
  ],
  options: {
    name: { kind: 'text', value: 'LAB', summary: 'Which lab. Default: lab.' },
    nodes: { kind: 'text', short: 'n', value: 'N', summary: 'How many nodes `up` starts. Default: 3.' },
    'control-planes': { kind: 'text', value: 'N', summary: 'How many of them, from the first, are in the group controlPlane. Default: 1.' },
    suite: { kind: 'text', value: 'SUITE', summary: 'Debian release of the nodes. Default: by this machine.', complete: ['bookworm', 'trixie'] },
  },
  examples: ['plinth lab up --nodes 3', 'plinth lab up --nodes 5 --control-planes 3', 'plinth apply playbooks/prepare.ts -i .plinth/lab/lab/inventory.yaml', 'plinth lab ssh node1', 'plinth lab down'],
  run: async (input, context) => (await import('../lab/lab.ts')).lab(input, context),
});
