import { z } from 'zod';
import { change, defineModule, read, refuse, sh } from '../../../contract/index.ts';
import { writing } from '../atBoot.ts';
import { opensFast, profilePaths, profileText } from './profiles.ts';
import { beforePath, beforeText, giveBack, parseBefore } from './before.ts';

const name = () => z.string().regex(/^[a-z0-9][\w.-]*$/i, 'must be the name of a profile, such as network-latency');

/**
 * The profile of tuned. That a profile is named as active means little while the daemon is down, so both are looked at.
 * What was chosen before is kept on the node, and comes back with `absent`.
 */
export const tuned = defineModule({
  name: 'tuned',
  summary: 'The profile that tuned keeps, one of its own or one of yours.',

  args: z.strictObject({
    profile: name().describe('The profile, such as `network-latency` or `network-throughput`. There is always exactly one.'),
    custom: z
      .strictObject({
        include: name().optional().describe('The profile it builds on.'),
        summary: z.string().regex(/^[^\n]+$/, 'must be one line').default('Written by Plinth').describe('One line for `tuned-adm list`.'),
        sections: z.record(z.string().regex(/^[\w-]+$/), z.record(z.string(), z.union([z.string(), z.int()]))).default({}).describe('Settings by section, e.g. `sysctl`.'),
      })
      .optional()
      .describe('Defines the profile, in /etc/tuned, before it is chosen.'),
    dsr: z.boolean().default(false).describe('The cluster answers clients by direct server return: profiles with TCP Fast Open are refused.'),
    verify: z.boolean().default(false).describe('Asks `tuned-adm verify` each time whether the settings are in force. It takes half a second, and fails on virtual machines for settings they do not have.'),
    state: z.enum(['present', 'absent']).default('present').describe('`absent` brings back what was chosen before, and takes away the profile of one\'s own.'),
  }),

  observe: ({ profile, verify }) =>
    Object.assign(
      {
        unit: read.unit('tuned.service'),
        active: read.text('/etc/tuned/active_profile'),
        mode: read.text('/etc/tuned/profile_mode'),
        before: read.text(beforePath),
        newLayout: read.stat('/usr/lib/tuned/profiles'),
        own: read.text(`/etc/tuned/profiles/${profile}/tuned.conf`),
        oldOwn: read.text(`/etc/tuned/${profile}/tuned.conf`),
        rival: read.unit('power-profiles-daemon.service'),
        chosenAt: read.fileTime('/etc/tuned/active_profile'),
        writtenAt: read.fileTime(`/etc/tuned/profiles/${profile}/tuned.conf`),
        oldWrittenAt: read.fileTime(`/etc/tuned/${profile}/tuned.conf`),
        ...(verify ? { verified: read.condition('tuned-adm verify -i') } : {}),
      },
      read.each('profile', profilePaths(profile), read.stat),
    ),

  *plan({ profile, custom, dsr, verify, state }, { unit, active, mode, before, newLayout, own, oldOwn, rival, chosenAt, verified, writtenAt, oldWrittenAt, ...files }) {
    const chosen = active?.trim() ?? '';
    const path = newLayout ? `/etc/tuned/profiles/${profile}/tuned.conf` : `/etc/tuned/${profile}/tuned.conf`;
    const ours = newLayout ? own : oldOwn;
    if (state === 'absent') {
      if (before !== undefined) yield change('profile of tuned', `${chosen || 'none'}, chosen by Plinth`, `${parseBefore(before).profile || 'none'}, as before`, giveBack(parseBefore(before), unit !== undefined));
      if (ours?.startsWith('# Written by Plinth.\n')) yield change(path, ours, undefined, sh`rm -rf -- ${path.slice(0, path.lastIndexOf('/'))}`);
      return;
    }
    if (!unit || unit.load === 'masked') {
      yield refuse(unit ? 'tuned is masked' : 'tuned is not installed', unit ? 'systemd starts no masked unit' : 'there is no tuned.service', { hint: unit ? 'Unmask it by `service` with `masked: false` in an earlier task.' : 'Install the package tuned in an earlier task.' });
      return;
    }
    const fastOpen = custom ? opensFast(custom.include ?? '') && custom.sections['sysctl']?.['net.ipv4.tcp_fastopen'] === undefined : opensFast(profile);
    if (dsr && fastOpen) {
      yield refuse(`${profile} turns TCP Fast Open on, which breaks direct server return`, `${custom?.include ?? profile} sets net.ipv4.tcp_fastopen=3`, {
        hint: `Choose network-throughput, or a profile of your own: \`profile: 'dsr-latency', custom: { include: '${custom?.include ?? profile}', sections: { sysctl: { 'net.ipv4.tcp_fastopen': 1 } } }\`.`,
        final: true,
      });
      return;
    }
    if (rival?.active === 'active') {
      yield refuse('power-profiles-daemon runs and sets the same things', 'it and tuned end each other at start', { hint: 'Stop and mask it by `service` in an earlier task.' });
      return;
    }
    if (!custom && profilePaths(profile).every((one) => files[`profile ${one}`] === undefined)) {
      yield refuse(`tuned has no profile ${profile}`, `no tuned.conf in a folder ${profile} of /usr/lib/tuned or /etc/tuned`, { hint: 'See `tuned-adm list`; some profiles come with packages of their own (tuned-profiles-*). Or define it by `custom`.' });
      return;
    }
    if (before === undefined) {
      const text = beforeText({ profile: chosen, mode: mode?.trim() ?? '', enabled: unit.file === 'enabled', running: unit.active === 'active' });
      yield change(beforePath, undefined, text, writing(beforePath, text, '0644'));
    }
    if (custom) {
      const text = profileText(custom);
      if (ours !== text) yield change(path, ours, text, writing(path, text, '0644'));
    }
    const running = unit.active === 'active';
    if (unit.file !== 'enabled' || !running) yield change('tuned.service', `${unit.file || 'disabled'}, ${unit.active}`, 'enabled, active', sh`systemctl enable -- tuned.service
systemctl start -- tuned.service`);
    const isRedefined = custom !== undefined && ours !== profileText(custom);
    const isStale = isRedefined || later(newLayout ? writtenAt : oldWrittenAt, chosenAt);
    const isAsWanted = chosen === profile && mode?.trim() !== 'auto';
    if (!isAsWanted || isStale || (verify && verified?.holds === false)) {
      const from = !isAsWanted ? (chosen || 'none') + (mode?.trim() === 'auto' ? ', by recommendation' : '') : isStale ? `${profile}, as it was defined before` : `${profile}, not in force`;
      yield change('profile of tuned', from, profile, sh`tuned-adm profile ${profile}`, { timeout: 120_000 });
    }
  },

  output: (_, { active, unit }) => ({ profile: active?.trim() ?? '', running: unit?.active === 'active' }),
});

const later = (a: number | undefined, b: number | undefined): boolean => a !== undefined && b !== undefined && a > b;
