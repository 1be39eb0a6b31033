import { defineCommand } from '../arguments/command.ts';
import { connectOptions, fleetOptions } from '../fleet/options.ts';

export const exec = defineCommand({
  name: 'exec',
  summary: 'Runs a command on several hosts at once. Exit code 1 when it failed on any.',
  args: [{ name: 'PATTERN', summary: 'hosts or groups', complete: 'limit' }],
  after: 'COMMAND [ARGS]',
  options: {
    ...fleetOptions,
    ...connectOptions,
    timeout: { kind: 'text', value: 'SECONDS', summary: 'Longest time on one host. Default: 600.' },
    output: { kind: 'text', value: 'FORM', summary: 'text (the default) or jsonl: one object per host.', complete: ['text', 'jsonl'] },
  },
  examples: ['plinth exec workers -- uptime', "plinth exec all -- 'df -h / | tail -1'      # one word is shell text, several are a command and its arguments"],
  run: async (input, context) => (await import('../nodes/exec.ts')).exec(input, context),
});
