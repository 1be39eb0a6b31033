import { z } from 'zod';
import { change, defineModule, read, refuse, sh, type Unit } from '../../../contract/index.ts';
import { originalOf, putBack, replaceFile } from '../original.ts';
import { chronyPaths, chronyText, timesyncdPath, timesyncdText } from './chrony.ts';

const host = () => z.string().regex(/^[A-Za-z0-9.:-]+$/, 'must be a host name or an address');
const units = ['chrony.service', 'chronyd.service', 'systemd-timesyncd.service', 'ntp.service', 'ntpd.service', 'ntpsec.service', 'openntpd.service'] as const;

/** One daemon keeps the clock, and asks the servers it is told. etcd and certificates do not forgive clocks that disagree. */
export const timeSync = defineModule({
  name: 'timeSync',
  summary: 'The clock kept by one daemon that asks the servers it is told.',

  args: z
    .strictObject({
      daemon: z.enum(['chrony', 'systemd-timesyncd']).default('chrony').describe('chrony follows quickly and serves others too; systemd-timesyncd is smaller.'),
      state: z.enum(['present', 'absent']).default('present').describe('`absent` brings back the configuration that came with the package; the daemon goes on.'),
      servers: z.array(host()).default([]).describe('Time servers. With one, its faults go unnoticed; with two, nobody knows which is right.'),
      pools: z.array(host()).default([]).describe('Names that stand for several servers. Neither servers nor pools: as configured by the distribution.'),
      allow: z.array(z.string().regex(/^[0-9a-fA-F.:]+(\/\d+)?$/, 'must be an address or a CIDR')).default([]).describe('chrony: who may ask this node for the time.'),
      running: z.boolean().default(true).describe('The daemon runs, also after a boot. `false` sees to its configuration alone, as in a container.'),
    })
    .refine(({ daemon, allow }) => daemon === 'chrony' || allow.length === 0, { path: ['allow'], message: 'goes with chrony: systemd-timesyncd serves nobody' }),

  observe: () =>
    Object.assign(
      { debian: read.text(chronyPaths.debian), debianOriginal: read.text(originalOf(chronyPaths.debian)), other: read.text(chronyPaths.other), otherOriginal: read.text(originalOf(chronyPaths.other)), timesyncd: read.text(timesyncdPath) },
      read.each('unit', units, read.unit),
      read.each('start of', units.slice(0, 3), read.unitStart),
      read.each('file', [chronyPaths.debian, chronyPaths.other, timesyncdPath], read.fileTime),
    ),

  *plan({ daemon, state, running, ...wanted }, { debian, debianOriginal, other, otherOriginal, timesyncd, ...observed }) {
    const isChrony = daemon === 'chrony';
    const unitOf = (name: string): Unit | undefined => observed[`unit ${name}`];
    const name = isChrony ? (unitOf('chronyd.service') && !unitOf('chrony.service') ? 'chronyd.service' : 'chrony.service') : 'systemd-timesyncd.service';
    const unit = unitOf(name);
    const isTold = wanted.servers.length + wanted.pools.length > 0;
    if (!unit && state === 'present') {
      const asked = [...wanted.servers, ...wanted.pools].join(', ');
      const foreseen = [
        ...(isTold ? [isChrony ? change(chronyPaths.debian, undefined, `as its package brings it, but asking ${asked}`, sh`:`) : change(timesyncdPath, timesyncd, timesyncdText(wanted), sh`:`)] : []),
        ...(running ? [change(name, 'stopped', 'started', sh`:`)] : []),
      ];
      return yield refuse(`${daemon} is not installed`, `systemd knows no ${name}`, { hint: `Install the package ${daemon} in an earlier task.`, unless: { brought: [`package ${daemon}`], changes: foreseen } });
    }

    const path = isChrony ? (debian === undefined && other !== undefined ? chronyPaths.other : chronyPaths.debian) : timesyncdPath;
    const [found, original] = !isChrony ? [timesyncd, undefined] : path === chronyPaths.debian ? [debian, debianOriginal] : [other, otherOriginal];
    let isWritten = false;
    if (state === 'absent' || !isTold) {
      if (original !== undefined) yield change(path, found, original, putBack(path));
      else if (!isChrony && found !== undefined) yield change(path, found, undefined, sh`rm -f -- ${path}`);
      isWritten = original !== undefined || (!isChrony && found !== undefined);
    } else {
      if (isChrony && found === undefined) return yield refuse('chrony has no configuration', `there is neither ${chronyPaths.debian} nor ${chronyPaths.other}`, { hint: 'Install the package again: apt-get install --reinstall -o Dpkg::Options::=--force-confmiss chrony.' });
      const text = isChrony ? chronyText(original ?? found ?? '', wanted) : timesyncdText(wanted);
      isWritten = found !== text;
      if (isWritten) yield change(path, found, text, replaceFile({ path, text }));
    }

    if (!running || !unit) return;
    for (const rival of units) {
      const is = unitOf(rival);
      const isAlias = isChrony && rival.startsWith('chrony');
      if (rival === name || isAlias || !is || (is.active !== 'active' && is.file !== 'enabled')) continue;
      yield change(rival, is.active === 'active' ? 'running beside it' : 'enabled', 'stopped', sh`systemctl disable --now -- ${rival}`);
    }
    if (unit.file === 'disabled') yield change(`${name} at boot`, 'disabled', 'enabled', sh`systemctl enable -- ${name}`);
    const start = observed[`start of ${name}`];
    const written = observed[`file ${path}`];
    const isOld = isWritten || (start !== undefined && written !== undefined && written > start);
    if (unit.active !== 'active') yield change(name, unit.active === 'failed' ? 'failed' : 'stopped', 'started', sh`systemctl restart -- ${name}`);
    else if (isOld) yield change(name, `started before ${path} was written`, 'restarted', sh`systemctl restart -- ${name}`);
  },
});
