import { z } from 'zod';
import { change, defineModule, read, reboot as restart } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';
import { newestKernel } from './newestKernel.ts';

const markers = ['/run/reboot-required', '/var/run/reboot-required'];

export const reboot = defineModule({
  name: 'reboot',
  summary: 'Restarts the node where that is needed, and goes on when it answers with another boot id.',

  args: z
    .strictObject({
      when: z
        .enum(['needed', 'always'])
        .default('needed')
        .describe('needed: the system asks for it (/run/reboot-required), a newer kernel of the running kind is installed, or a file of newerThan was changed after the last boot. always: each time, as an event.'),
      newerThan: z.array(absolutePath()).default([]).describe('Files that take effect at boot, such as the kernel command line: one that was changed after the last boot asks for a restart.'),
      kernel: z.boolean().default(true).describe('Whether a newer kernel in /boot asks for a restart.'),
      timeout: z.int().min(10_000, 'is in milliseconds: at least 10000').default(600_000).describe('How long the node may take to answer again, in ms.'),
    })
    .refine(({ when, newerThan }) => when === 'needed' || newerThan.length === 0, { path: ['newerThan'], message: 'is for when: needed' }),

  observe: ({ newerThan }) =>
    Object.assign(
      { booted: read.bootTime(), release: read.sysctl('kernel.osrelease'), boot: read.listing('/boot'), packages: read.text('/run/reboot-required.pkgs'), bootId: read.sysctl('kernel.random.boot_id') },
      read.each('marker', markers, read.stat),
      read.each('changed', newerThan, read.fileTime),
    ),

  *plan({ when, newerThan, kernel, timeout }, observed) {
    const run = restart(timeout);
    if (when === 'always') return yield change('reboot', undefined, 'restarted', run, { event: true });
    const { release = '', boot = [], booted, packages } = observed;
    const newest = kernel ? newestKernel(release, boot) : undefined;
    const because = packages?.trim().split('\n').join(', ');
    const reasons = [
      ...(markers.some((marker) => observed[`marker ${marker}`] !== undefined) ? [`the system asks for it${because ? ` (${because})` : ''}`] : []),
      ...(newest === undefined ? [] : [`kernel ${release} runs, ${newest} is installed`]),
      // Boot time is good to a second, and a file written in that second may have been read.
      ...newerThan.filter((file) => (observed[`changed ${file}`] ?? 0) > booted + 1000).map((file) => `${file} was changed after the last boot`),
    ];
    if (reasons.length > 0) yield change('reboot', reasons.join('; '), 'restarted', run);
  },

  output: (_args, { bootId }) => ({ bootId }),
});
