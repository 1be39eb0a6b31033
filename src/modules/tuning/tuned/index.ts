import { z } from 'zod';
import { change, defineModule, read, refuse, sh } from '../../../contract/index.ts';
import { beforePath, giveBack, parseBefore } from './before.ts';
import { asInstalled, planChosen } from './chosen.ts';
import { hasNewLayout, newPath, oldPath, opensFast, profilePaths } from './profiles.ts';

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
        release: read.text('/etc/os-release'),
        own: read.text(newPath(profile)),
        oldOwn: read.text(oldPath(profile)),
        rival: read.unit('power-profiles-daemon.service'),
        chosenAt: read.fileTime('/etc/tuned/active_profile'),
        writtenAt: read.fileTime(newPath(profile)),
        oldWrittenAt: read.fileTime(oldPath(profile)),
        ...(verify ? { verified: read.condition('tuned-adm verify -i') } : {}),
      },
      read.each('profile', profilePaths(profile), read.stat),
    ),

  *plan({ profile, custom, dsr, verify, state }, { unit, active, mode, before, newLayout, release, own, oldOwn, rival, chosenAt, verified, writtenAt, oldWrittenAt, ...files }) {
    const chosen = active?.trim() ?? '';
    const path = newLayout ? newPath(profile) : oldPath(profile);
    const ours = newLayout ? own : oldOwn;
    if (state === 'absent') {
      if (before !== undefined) yield change('profile of tuned', `${chosen || 'none'}, chosen by Plinth`, `${parseBefore(before).profile || 'none'}, as before`, giveBack(parseBefore(before), unit !== undefined));
      if (ours?.startsWith('# Written by Plinth.\n')) yield change(path, ours, undefined, sh`rm -rf -- ${path.slice(0, path.lastIndexOf('/'))}`);
      return;
    }
    if (unit?.load === 'masked') return yield refuse('tuned is masked', 'systemd starts no masked unit', { hint: 'Unmask it by `service` with `masked: false` in an earlier task.' });
    const fastOpen = custom ? opensFast(custom.include ?? '') && custom.sections['sysctl']?.['net.ipv4.tcp_fastopen'] === undefined : opensFast(profile);
    if (dsr && fastOpen) {
      return yield refuse(`${profile} turns TCP Fast Open on, which breaks direct server return`, `${custom?.include ?? profile} sets net.ipv4.tcp_fastopen=3`, {
        hint: `Choose network-throughput, or a profile of your own: \`profile: 'dsr-latency', custom: { include: '${custom?.include ?? profile}', sections: { sysctl: { 'net.ipv4.tcp_fastopen': 1 } } }\`.`,
        final: true,
      });
    }
    if (!unit) {
      const changes = [...planChosen(profile, custom, asInstalled(hasNewLayout(release) ? newPath(profile) : oldPath(profile)))];
      return yield refuse('tuned is not installed', 'there is no tuned.service', { hint: 'Install the package tuned in an earlier task.', unless: { brought: ['package tuned'], changes } });
    }
    if (rival?.active === 'active') return yield refuse('power-profiles-daemon runs and sets the same things', 'it and tuned end each other at start', { hint: 'Stop and mask it by `service` in an earlier task.' });
    if (!custom && profilePaths(profile).every((one) => files[`profile ${one}`] === undefined)) {
      return yield refuse(`tuned has no profile ${profile}`, `no tuned.conf in a folder ${profile} of /usr/lib/tuned or /etc/tuned`, { hint: 'See `tuned-adm list`; some profiles come with packages of their own (tuned-profiles-*). Or define it by `custom`.' });
    }
    yield* planChosen(profile, custom, {
      chosen,
      mode: mode?.trim() ?? '',
      file: unit.file,
      active: unit.active,
      isRemembered: before !== undefined,
      path,
      own: ours,
      isStale: later(newLayout ? writtenAt : oldWrittenAt, chosenAt),
      isInForce: !verify || verified?.holds !== false,
    });
  },

  output: (_, { active, unit }) => ({ profile: active?.trim() ?? '', running: unit?.active === 'active' }),
});

const later = (a: number | undefined, b: number | undefined): boolean => a !== undefined && b !== undefined && a > b;
