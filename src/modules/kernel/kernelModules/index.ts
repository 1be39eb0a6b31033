import { z } from 'zod';
import { change, defineModule, type KernelModule, read, refuse, sh } from '../../../contract/index.ts';

/** Kernel modules, loaded now and at every boot by one file in /etc/modules-load.d. What is built in counts as loaded. */
export const kernelModules = defineModule({
  name: 'kernelModules',
  summary: 'Kernel modules, loaded now and at every boot.',

  args: z.strictObject({
    names: z.array(z.string().regex(/^[\w-]+$/, 'must be the name of a kernel module')).min(1, 'must name at least one module').describe('The modules, such as overlay and br_netfilter.'),
    file: z.string().regex(/^[\w-][\w.-]*$/, 'must be a file name without folder and ending').default('plinth').describe('Name of the file in /etc/modules-load.d, without `.conf`. It holds these modules and no others.'),
    state: z.enum(['present', 'absent']).default('present').describe('`absent` removes the file, and unloads those of the modules that nothing uses.'),
  }),

  observe: ({ names, file }) => Object.assign({ saved: read.text(pathOf(file)), kernel: read.kernel() }, read.each('module', names, read.kernelModule)),

  *plan({ names, file, state }, { saved, kernel, ...observed }) {
    const path = pathOf(file);
    const found = (name: string): KernelModule | undefined => observed[`module ${name}`];
    if (state === 'absent') {
      if (saved !== undefined) yield change(path, saved, undefined, sh`rm -f -- ${path}`);
      for (const name of names) {
        const is = found(name);
        if (is?.state === 'loaded' && is.users === 0) yield change(`module ${name}`, 'loaded', 'not loaded', sh`modprobe -r -- ${name}`);
      }
      return;
    }
    const missing = names.filter((name) => !found(name));
    if (missing.length > 0) {
      const release = kernel?.release ?? 'unknown';
      yield refuse(`the kernel has no module ${missing.join(', ')}`, `kernel ${release}: neither loaded, nor built in, nor on disk`, { hint: hint(release, kernel?.modules ?? false) });
      return;
    }
    const text = `# Written by Plinth.\n${names.map((name) => `${name}\n`).join('')}`;
    if (saved !== text) {
      yield change(path, saved, text, sh`umask 022
mkdir -p /etc/modules-load.d
printf %s ${text} >${`${path}.plinth`}
mv -f -- ${`${path}.plinth`} ${path}`);
    }
    for (const name of names) if (found(name)?.state === 'available') yield change(`module ${name}`, 'not loaded', 'loaded', sh`modprobe -- ${name}`);
  },
});

const pathOf = (file: string): string => `/etc/modules-load.d/${file}.conf`;

function hint(release: string, onDisk: boolean): string {
  if (!onDisk) return `There is no /lib/modules/${release}: reboot when the kernel was upgraded; in a container, load the module on its host.`;
  if (release.includes('raspi')) return 'Ubuntu on a Raspberry Pi has them in the package linux-modules-extra-raspi: install it in an earlier task.';
  return `Check the spelling, or install the rest of the kernel's modules in an earlier task: linux-modules-extra-${release} on Ubuntu, kernel-modules-extra on Fedora and RHEL.`;
}
