import { z } from 'zod';
import { defineModule, type Kernel, read, refuse } from '../../../contract/index.ts';
import type { Wanted } from './requirements.ts';

export { ciliumFeatureConfig, ciliumKernelConfig, kubernetesKernelConfig, type Wanted } from './requirements.ts';

/** Looks whether the kernel is fit for what comes later, and says all that is missing at once. It changes nothing. */
export const kernelCheck = defineModule({
  name: 'kernelCheck',
  summary: 'Refuses a node whose kernel is too old or was built without what is needed.',

  args: z.strictObject({
    atLeast: z.string().regex(/^\d+\.\d+(\.\d+)?$/, "must be a version such as '5.10'").optional().describe('The oldest kernel that will do.'),
    config: z
      .record(z.string(), z.enum(['y', 'm', 'any']))
      .superRefine((config, context) => {
        for (const name of Object.keys(config)) if (!/^(?!CONFIG_)[A-Z0-9_]+$/.test(name)) context.addIssue({ code: 'custom', path: [name], message: 'must be an option without CONFIG_, such as BPF_SYSCALL' });
      })
      .default({})
      .describe('Options of its build: `y` built in, `m` a module, `any` either. `ciliumKernelConfig` and `kubernetesKernelConfig` are such lists.'),
    configUnknown: z.enum(['refuse', 'accept']).default('refuse').describe('What to make of a kernel whose build configuration cannot be found.'),
    modules: z.array(z.string().regex(/^[\w-]+$/, 'must be the name of a kernel module')).default([]).describe('Modules that must be loaded, built in or on disk.'),
    cgroup: z.enum(['v1', 'hybrid', 'v2']).optional().describe('The cgroup version. kubelet 1.35 and newer want v2.'),
    bpffs: z.boolean().default(false).describe('A BPF file system must be mounted on /sys/fs/bpf.'),
  }),

  observe: ({ config, modules }) => Object.assign({ kernel: read.kernel() }, read.each('config', Object.keys(config), read.kernelConfig), read.each('module', modules, read.kernelModule)),

  *plan({ atLeast, config, configUnknown, modules, cgroup, bpffs }, { kernel, ...observed }) {
    const complaints = [
      ...(atLeast !== undefined && older(kernel.release, atLeast) ? [tooOld(kernel, atLeast)] : []),
      ...configComplaints(config, (name) => observed[`config ${name}`], kernel, configUnknown === 'refuse'),
      ...modules.filter((name) => !observed[`module ${name}`]).map((name) => ({ what: `module ${name}`, found: 'neither loaded, nor built in, nor on disk', hint: "Install the rest of the kernel's modules: linux-modules-extra-raspi on Ubuntu for Raspberry Pi, linux-modules-extra-$(uname -r) on Ubuntu, kernel-modules-extra on Fedora." })),
      ...(cgroup !== undefined && kernel.cgroup !== cgroup ? [{ what: `cgroup ${cgroup}`, found: kernel.cgroup, hint: cgroupHint(cgroup) }] : []),
      ...(bpffs && !kernel.bpffs ? [{ what: 'a BPF file system on /sys/fs/bpf', found: 'none is mounted', hint: 'Mount it at every boot: `bpffs /sys/fs/bpf bpf defaults 0 0` in /etc/fstab.' }] : []),
    ];
    if (complaints.length === 0) return;
    yield refuse(
      `the kernel ${kernel.release} is not fit: ${complaints.map(({ what }) => what).join(', ')}`,
      complaints.map(({ what, found }) => `${what}: ${found}`).join('\n'),
      { hint: [...new Set(complaints.map(({ hint }) => hint))].join('\n'), final: true },
    );
  },

  output: (_, { kernel }) => kernel,
});

interface Complaint {
  readonly what: string;
  readonly found: string;
  readonly hint: string;
}

const tooOld = ({ release }: Kernel, atLeast: string): Complaint => ({ what: `${atLeast} or newer`, found: release, hint: 'Upgrade the kernel (a backports or HWE kernel will do), reboot, and run again.' });

function configComplaints(config: Readonly<Record<string, Wanted>>, found: (name: string) => string | undefined, kernel: Kernel, strict: boolean): Complaint[] {
  const names = Object.keys(config);
  if (names.length > 0 && names.every((name) => found(name) === undefined)) {
    return strict ? [{ what: 'a known build configuration', found: `neither /proc/config.gz nor /boot/config-${kernel.release} is there`, hint: "Install the kernel's configuration, or say `configUnknown: 'accept'` to go on without knowing." }] : [];
  }
  return names.flatMap((name) => {
    const wanted = config[name] ?? 'any';
    const is = found(name) ?? 'n';
    if (wanted === 'any' ? is === 'y' || is === 'm' : is === wanted) return [];
    return [{ what: `CONFIG_${name}`, found: `${is === 'n' ? 'is not set' : `is ${is}`} in ${kernel.config ?? 'its configuration'}, wanted ${wanted === 'any' ? 'y or m' : wanted}`, hint: "Use the distribution's standard kernel, or one built with these options." }];
  });
}

const cgroupHint = (wanted: string): string =>
  wanted === 'v2' ? 'Boot with systemd.unified_cgroup_hierarchy=1, and without cgroup_no_v1 or a v1 line in the boot loader.' : 'Boot with systemd.unified_cgroup_hierarchy=0.';

/** Whether a release is older than a version, number by number. */
function older(release: string, version: string): boolean {
  const numbers = (text: string): number[] => (/^\d+(\.\d+)*/.exec(text)?.[0] ?? '0').split('.').map(Number);
  const is = numbers(release);
  for (const [i, wanted] of numbers(version).entries()) {
    const difference = (is[i] ?? 0) - wanted;
    if (difference !== 0) return difference < 0;
  }
  return false;
}
