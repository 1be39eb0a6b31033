import { defineCommand } from '../arguments/command.ts';

export const report = defineCommand({
  name: 'report',
  summary: 'Makes one HTML page of a run: timeline, changes, problems; readable offline.',
  args: [{ name: 'RUN', summary: 'its id, the beginning of it, or `last` (the default)', optional: true, complete: 'run' }],
  options: {
    file: { kind: 'text', short: 'o', value: 'FILE', summary: 'Where to write it; - is stdout. Default: report.html beside the run’s journal.', complete: 'file' },
    open: { kind: 'flag', summary: 'Shows it in the browser.' },
  },
  examples: ['plinth report --open', 'plinth report 20261120-185015 -o run.html'],
  run: async (input, context) => (await import('../report/report.ts')).report(input, context),
});
