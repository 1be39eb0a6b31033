import { z } from 'zod';
import { change, defineModule, read, refuse, type Script, sh } from '../../../contract/index.ts';

const modes = ['enforce', 'complain', 'disable'] as const;
type Mode = (typeof modes)[number];

const fileOf = (name: string): string => `/etc/apparmor.d/${name}`;
const disabledBy = (name: string): string => `/etc/apparmor.d/disable/${name}`;
const complainsBy = (name: string): string => `/etc/apparmor.d/force-complain/${name}`;

/** Modes of profiles of AppArmor, by the links that its own tools set; loaded at once where the kernel has it. */
export const apparmor = defineModule({
  name: 'apparmor',
  summary: 'Profiles of AppArmor enforced, only complaining, or switched off.',

  args: z.strictObject({
    profiles: z
      .record(z.string(), z.enum(modes))
      .superRefine((profiles, context) => {
        if (Object.keys(profiles).length === 0) context.addIssue({ code: 'custom', message: 'must name at least one profile' });
        for (const name of Object.keys(profiles)) if (!/^[\w.-]+$/.test(name)) context.addIssue({ code: 'custom', path: [name], message: 'must be the name of a file in /etc/apparmor.d, such as usr.sbin.chronyd' });
      })
      .describe('By the name of their file in /etc/apparmor.d. `complain` logs what `enforce` would forbid.'),
  }),

  observe: ({ profiles }) => {
    const names = Object.keys(profiles);
    return Object.assign(
      { kernel: read.text('/sys/module/apparmor/parameters/enabled') },
      read.each('file', names, (name) => read.stat(fileOf(name))),
      read.each('disabled', names, (name) => read.stat(disabledBy(name))),
      read.each('complains', names, (name) => read.stat(complainsBy(name))),
    );
  },

  *plan({ profiles }, { kernel, ...observed }) {
    const isLive = kernel?.trim() === 'Y';
    const missing = Object.keys(profiles).filter((name) => !observed[`file ${name}`]);
    if (missing[0] !== undefined) return yield refuse(`there is no profile ${missing.join(', ')}`, `there is no ${missing.map(fileOf).join(', no ')}`, { hint: 'Install the package that brings it, or apparmor-profiles, in an earlier task.' });
    for (const [name, mode] of Object.entries(profiles)) {
      const now: Mode = observed[`disabled ${name}`] ? 'disable' : observed[`complains ${name}`] ? 'complain' : 'enforce';
      if (now !== mode) yield change(`profile ${name}`, now, mode, set(name, mode, isLive));
    }
  },
});

function set(name: string, mode: Mode, isLive: boolean): Script {
  const link = mode === 'disable' ? disabledBy(name) : mode === 'complain' ? complainsBy(name) : undefined;
  const make = link === undefined ? sh`` : sh`mkdir -p -- ${link.slice(0, link.lastIndexOf('/'))}
ln -sfn -- ${fileOf(name)} ${link}`;
  const load = mode === 'disable' ? sh`apparmor_parser -R -- ${fileOf(name)}` : sh`apparmor_parser -r ${mode === 'complain' ? ['--complain'] : []} -- ${fileOf(name)}`;
  return sh.lines([sh`rm -f -- ${disabledBy(name)} ${complainsBy(name)}`, make, ...(isLive ? [load] : [])]);
}
