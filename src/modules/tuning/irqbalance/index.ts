import { z } from 'zod';
import { change, defineModule, read, refuse, sh } from '../../../contract/index.ts';
import { cpuList } from '../../args/cpuList.ts';
import { withBlock } from '../../files/withBlock.ts';
import { writing } from '../atBoot.ts';
import { parseBefore } from './before.ts';

const debian = '/etc/default/irqbalance';
const redHat = '/etc/sysconfig/irqbalance';
const policyPath = '/usr/local/sbin/plinth-irqbalance-policy';
const dashes = { begin: '# BEGIN plinth', end: '# END plinth' };

/**
 * Whether irqbalance runs, and what it leaves alone. Its settings stand in a block of their own in the file that the
 * distribution reads, so `absent` gives that file back byte for byte.
 */
export const irqbalance = defineModule({
  name: 'irqbalance',
  summary: 'The daemon irqbalance stopped, or running and told which CPUs and interrupts to leave alone.',

  args: z
    .strictObject({
      state: z.enum(['started', 'stopped', 'absent']).default('stopped').describe('`stopped` leaves all interrupts to irqAffinity; `absent` takes the settings away and brings back whether it ran before.'),
      bannedCpus: cpuList().optional().describe('CPUs that get no interrupts from it. Left out: its own choice, the isolated ones.'),
      bannedIrqs: z.array(z.int().min(0)).default([]).describe('Interrupts that it does not move. Their numbers may change at boot: a policy script is safer.'),
      policyScript: z.string().startsWith('#!', 'must begin with #! and an interpreter').optional().describe('A script that is run for each interrupt (its path in /sys and its number) and prints `ban=true` for those it must not move.'),
      whereMissing: z.enum(['refuse', 'skip']).default('refuse').describe('What to make of a node where it cannot run or is not installed: one CPU, a container.'),
    })
    .refine(({ state, bannedCpus, bannedIrqs, policyScript }) => state === 'started' || (bannedCpus === undefined && bannedIrqs.length === 0 && policyScript === undefined), 'what it leaves alone is said only with `state: started`'),

  observe: () => ({ unit: read.unit('irqbalance.service'), start: read.unitStart('irqbalance.service'), default: read.text(debian), sysconfig: read.text(redHat), policy: read.text(policyPath), writtenAt: read.fileTime(debian), sysconfigWrittenAt: read.fileTime(redHat), policyWrittenAt: read.fileTime(policyPath) }),

  *plan({ state, bannedCpus, bannedIrqs, policyScript, whereMissing }, { unit, start, sysconfig, policy, writtenAt, sysconfigWrittenAt, policyWrittenAt, ...found }) {
    const path = sysconfig === undefined ? debian : redHat;
    const text = sysconfig ?? found.default;
    const before = parseBefore(text);
    const wanted = (content: string | undefined): string => withBlock(text ?? '', { ...dashes, content });
    if (state === 'absent') {
      const bare = wanted(undefined);
      if (text !== undefined && text !== bare) yield change(path, text, bare === '' && before?.hadFile === false ? undefined : bare, bare === '' && before?.hadFile === false ? sh`rm -f -- ${path}` : writing(path, bare, '0644'));
      if (policy !== undefined) yield change(policyPath, policy, undefined, sh`rm -f -- ${policyPath}`);
      if (!unit || !before || unit.load === 'masked') return;
      if (before.enabled !== (unit.file === 'enabled')) yield change('irqbalance at boot', before.enabled ? 'disabled' : 'enabled', before.enabled ? 'enabled' : 'disabled', before.enabled ? sh`systemctl enable -- irqbalance.service` : sh`systemctl disable -- irqbalance.service`);
      if (before.running && unit.active !== 'active') yield change('irqbalance', unit.active, 'started', sh`systemctl start -- irqbalance.service`);
      if (!before.running && unit.active === 'active') yield change('irqbalance', 'started', 'stopped', sh`systemctl stop -- irqbalance.service`);
      return;
    }
    if (!unit || unit.load === 'masked') {
      if (state === 'started' && whereMissing === 'refuse') yield refuse(unit ? 'irqbalance is masked' : 'irqbalance is not installed', unit ? 'systemd starts no masked unit' : 'there is no irqbalance.service', { hint: unit ? 'Unmask it by `service` in an earlier task.' : "Install the package irqbalance in an earlier task, or say `whereMissing: 'skip'`." });
      return;
    }
    if (state === 'started' && !unit.conditions) {
      if (whereMissing === 'refuse') yield refuse('irqbalance does not run on this node', 'a condition of its unit is not met: it wants more than one CPU, and no container', { hint: "Leave such nodes out, or say `whereMissing: 'skip'`.", final: true });
      return;
    }
    const was = before ?? { enabled: unit.file === 'enabled', running: unit.active === 'active', hadFile: text !== undefined };
    const args = [...bannedIrqs.map((irq) => `--banirq=${irq}`), ...(policyScript === undefined ? [] : [`--policyscript=${policyPath}`])];
    const settings = [`# before: enabled=${was.enabled} running=${was.running} file=${was.hadFile}`, ...(bannedCpus === undefined ? [] : [`IRQBALANCE_BANNED_CPULIST=${bannedCpus}`]), ...(args.length > 0 ? [`IRQBALANCE_ARGS="${args.join(' ')}"`] : [])];
    const file = wanted(settings.map((one) => `${one}\n`).join(''));
    if (policyScript !== undefined && policy !== policyScript) yield change(policyPath, policy, policyScript, writing(policyPath, policyScript, '0755'));
    if (text !== file) yield change(path, text, file, writing(path, file, '0644'));
    if (policyScript === undefined && policy !== undefined) yield change(policyPath, policy, undefined, sh`rm -f -- ${policyPath}`);
    if (state === 'stopped') {
      if (unit.active === 'active' || unit.active === 'activating') yield change('irqbalance', 'started', 'stopped', sh`systemctl stop -- irqbalance.service`);
      if (unit.file === 'enabled') yield change('irqbalance at boot', 'enabled', 'disabled', sh`systemctl disable -- irqbalance.service`);
      return;
    }
    if (unit.file !== 'enabled') yield change('irqbalance at boot', unit.file || 'disabled', 'enabled', sh`systemctl enable -- irqbalance.service`);
    const files = [sysconfig === undefined ? writtenAt : sysconfigWrittenAt, policyWrittenAt];
    const isStale = text !== file || (policyScript !== undefined && policy !== policyScript) || files.some((time) => time !== undefined && start !== undefined && time > start);
    if (unit.active !== 'active') yield change('irqbalance', unit.active, 'started', sh`systemctl start -- irqbalance.service`);
    else if (isStale) yield change('irqbalance', 'started with other settings', 'restarted', sh`systemctl restart -- irqbalance.service`);
  },

  brings: ({ state }) => (state === 'stopped' ? ['irqbalance stopped'] : []),

  output: (_, { unit }) => ({ running: unit?.active === 'active' }),
});
