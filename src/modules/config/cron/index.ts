import { z } from 'zod';
import { defineModule, read, refuse } from '../../../contract/index.ts';
import { accountName } from '../../args/accountName.ts';
import { named } from '../keyed/named.ts';
import { observeOwned, planOwned } from '../owned/owned.ts';
import { cronSchedule } from './schedule.ts';

/** cron reads its files by itself within a minute. On nodes with systemd the module `timer` tells more and logs better. */
export const cron = defineModule({
  name: 'cron',
  summary: 'A job of cron in a file of its own in /etc/cron.d.',

  args: z
    .strictObject({
      name: z.string().regex(/^[A-Za-z0-9_-]+$/, 'must be letters, digits, - and _ alone: cron ignores files with a dot in their name').describe('Name of the file in /etc/cron.d.'),
      schedule: cronSchedule().optional().describe('When: the five fields of crontab, such as `30 3 * * 1-5`, or a name such as `@daily` or `@reboot`.'),
      user: accountName().default('root').describe('Who runs it.'),
      run: z.string().regex(/^[^\n\r]+$/, 'must be one line').optional().describe('The shell text that is run. A `%` is kept from cron, which would make a newline of it.'),
      env: named(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of a variable'), z.string().regex(/^[^\n\r"]*$/, 'must be one line without double quotes')).default({}).describe('Variables of the file, such as PATH, SHELL or MAILTO. Everyone on the node can read them: no secrets.'),
      state: z.enum(['present', 'absent']).default('present').describe('Whether it should be there.'),
    })
    .refine(({ state, schedule, run }) => state === 'absent' || (schedule !== undefined && run !== undefined), 'a job that is present wants a schedule and what to run'),

  observe: ({ name }) => ({ ...observeOwned(`/etc/cron.d/${name}`), folder: read.stat('/etc/cron.d/.') }),

  *plan({ name, schedule = '', user, run = '', env, state }, { folder, ...found }) {
    if (state === 'present' && !folder) return yield refuse('cron is not on this node', 'there is no /etc/cron.d', { hint: 'Install cron in an earlier task, or use the module timer.' });
    const variables = Object.entries(env).map(([key, value]) => `${key}="${value}"\n`);
    const text = ['# Written by Plinth.\n', ...variables, `${schedule} ${user} ${run.replaceAll('%', String.raw`\%`)}\n`].join('');
    yield* planOwned({ path: `/etc/cron.d/${name}`, text: state === 'absent' ? undefined : text }, found);
  },
});
