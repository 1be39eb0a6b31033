import { z } from 'zod';
import { change, defineModule, quote, read, refuse, sh } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';
import { accountName } from '../../args/accountName.ts';
import { named } from '../keyed/named.ts';
import { observeOwned, planOwned } from '../owned/owned.ts';
import { verifyingUnit } from '../owned/verifying.ts';
import { serviceText, timerText } from './texts.ts';

const oneLine = () => z.string().regex(/^[^\n\r]*[^\n\r\\]$/, 'must be one line that does not end with a backslash');
const span = () => z.string().regex(/^[0-9][0-9A-Za-z. ]*$/, 'must be a time span of systemd, such as 5min or 1h 30min');

/** What the timer starts is a service of the same name, which `journalctl -u NAME` tells of. */
export const timer = defineModule({
  name: 'timer',
  summary: 'A command run by a timer of systemd: the timer, enabled and started, and its service.',

  args: z
    .strictObject({
      name: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9:_.-]*$/, 'must be a name without ending, such as backup').refine((name) => !/\.(timer|service)$/.test(name), 'must have no ending').describe('Name of the timer and its service, without ending.'),
      schedule: z.union([oneLine().transform((one) => [one]), z.array(oneLine()).min(1)]).optional().describe('When, as OnCalendar of systemd, such as `daily` or `Mon..Fri *-*-* 03:30`; a list for several times. See systemd.time(7).'),
      run: z.union([z.string().min(1, 'must not be empty'), z.array(z.string()).min(1, 'must not be empty').refine(([program = '']) => program.startsWith('/'), 'must begin with the absolute path of a program')]).optional().describe('What is run: a shell text, or a list of words that is run without a shell.'),
      description: oneLine().optional().describe('One line for people. Left out: the name.'),
      user: accountName().optional().describe('Who runs it. Left out: root.'),
      group: accountName().optional().describe("The group it runs as. Left out: the user's own."),
      environment: named(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of a variable'), oneLine().or(z.literal(''))).default({}).describe('Environment variables. Everyone on the node can read them: no secrets.'),
      directory: absolutePath().optional().describe('Where it runs. Left out: /.'),
      catchUp: z.boolean().default(true).describe('Runs soon after boot when a time was missed while the node was down (Persistent).'),
      randomDelay: span().optional().describe('Each time is put off by a random span up to this, so that nodes do not act all at once (RandomizedDelaySec).'),
      accuracy: span().optional().describe('How exactly the times are kept (AccuracySec). Left out: within a minute.'),
      limit: span().optional().describe('It is ended when it takes longer (TimeoutStartSec). Left out: never.'),
      service: named(z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/, 'must be the name of a setting'), z.union([oneLine(), z.number(), z.boolean()])).default({}).describe('More settings of the service, in the words of systemd; they are put in last.'),
      state: z.enum(['present', 'absent']).default('present').describe('`absent` stops the timer and takes both files away. A run that is going on ends by itself.'),
    })
    .refine(({ state, schedule, run }) => state === 'absent' || (schedule !== undefined && run !== undefined), 'a timer that is present wants a schedule and what to run'),

  observe: ({ name, schedule = [] }) => {
    const service = observeOwned(pathOf(name, 'service'));
    const timed = observeOwned(pathOf(name, 'timer'));
    return Object.assign(
      { serviceText: service.text, serviceStat: service.stat, serviceLink: service.link, timerText: timed.text, timerStat: timed.stat, timerLink: timed.link, timer: read.unit(`${name}.timer`), service: read.unit(`${name}.service`) },
      read.each('calendar', schedule, (one) => read.condition(`command -v systemd-analyze >/dev/null 2>&1 || exit 0; systemd-analyze calendar -- ${quote(one)} >/dev/null`)),
    );
  },

  *plan({ name, schedule = [], run = '', state, ...timed }, found) {
    const files = {
      service: { path: pathOf(name, 'service'), found: { text: found.serviceText, stat: found.serviceStat, link: found.serviceLink } },
      timer: { path: pathOf(name, 'timer'), found: { text: found.timerText, stat: found.timerStat, link: found.timerLink } },
    };
    const reload = sh`systemctl daemon-reload`;
    const isActive = found.timer !== undefined && ['active', 'activating'].includes(found.timer.active);
    const isEnabled = found.timer?.file === 'enabled';
    if (state === 'absent') {
      if (isActive && found.timerStat) yield change(`${name}.timer`, 'started', 'stopped', sh`systemctl stop -- ${`${name}.timer`}`);
      if (isEnabled && found.timerStat) yield change(`${name}.timer at boot`, 'enabled', 'disabled', sh`systemctl disable -- ${`${name}.timer`}`);
      // Of a timer that catches up systemd keeps a file with the time of its last run.
      yield* planOwned({ path: files.timer.path, text: undefined, after: sh`rm -f -- ${`/var/lib/systemd/timers/stamp-${name}.timer`}` }, files.timer.found);
      yield* planOwned({ path: files.service.path, text: undefined, after: reload }, files.service.found);
      return;
    }
    const wrong = schedule.find((one) => found[`calendar ${one}`]?.holds === false);
    if (wrong !== undefined) return yield refuse(`${JSON.stringify(wrong)} is no time that systemd understands`, found[`calendar ${wrong}`]?.said || 'systemd-analyze calendar refuses it', { hint: 'Try it with `systemd-analyze calendar`. It is not the five fields of cron: those are for the module cron.', final: true });
    if (found.timer?.load === 'masked') return yield refuse(`${name}.timer is masked`, 'systemd starts no masked unit', { hint: 'Someone did not want it to run: systemctl unmask lifts the mask.' });
    const wanted = { ...timed, name, schedule, run };
    yield* planOwned({ path: files.service.path, text: serviceText(wanted), check: verifyingUnit(`${name}.service`), after: reload }, files.service.found);
    const isRestarted = isActive && found.timerText !== timerText(wanted);
    yield* planOwned({ path: files.timer.path, text: timerText(wanted), after: isRestarted ? sh.lines([reload, sh`systemctl restart -- ${`${name}.timer`}`]) : reload }, files.timer.found);
    const isLoaded = found.timerText === timerText(wanted) && found.serviceText === serviceText(wanted);
    if (isLoaded && (found.timer?.needDaemonReload || found.service?.needDaemonReload)) yield change(`definition of ${name}`, 'changed on disk', 'loaded', sh.lines([reload, sh`systemctl try-restart -- ${`${name}.timer`}`]));
    if (!isEnabled) yield change(`${name}.timer at boot`, found.timer?.file || 'absent', 'enabled', sh`systemctl enable -- ${`${name}.timer`}`);
    if (!isActive) yield change(`${name}.timer`, found.timer?.active ?? 'absent', 'started', sh`systemctl start -- ${`${name}.timer`}`);
  },
});

const pathOf = (name: string, ending: 'service' | 'timer'): string => `/etc/systemd/system/${name}.${ending}`;
