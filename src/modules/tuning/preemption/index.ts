import { z } from 'zod';
import { change, defineModule, read, refuse, sh } from '../../../contract/index.ts';
import { bootFileOf, bootParameterOf, builtWith, markerPath, parseModes, withMode, withoutOurs } from './boot.ts';

const live = '/sys/kernel/debug/sched/preempt';

/**
 * When the kernel takes a CPU from a task that runs in it: less often is more throughput, more often is less latency. It can
 * be switched while it runs where it was built to; that lasts until the next boot, unless `bootParameter` says otherwise.
 */
export const preemption = defineModule({
  name: 'preemption',
  summary: 'The preemption mode of the kernel, now and, where asked for, by the boot loader.',

  args: z.strictObject({
    mode: z.enum(['none', 'voluntary', 'full', 'lazy']).optional().describe('`none` for throughput; kernels from 7.0 on have `lazy` in its place, and refuse `none` and `voluntary`.'),
    bootParameter: z.boolean().default(false).describe('Also as `preempt=` for every boot, by grub, grubby or cmdline.txt. Without it nothing of the boot is touched.'),
    whereMissing: z.enum(['refuse', 'skip']).default('refuse').describe('What to make of a kernel that cannot switch while it runs.'),
    state: z.enum(['present', 'absent']).default('present').describe('`absent` takes the boot parameter away and goes back to the mode that the next boot will have.'),
  }).refine(({ mode, state }) => state === 'absent' || mode !== undefined, { path: ['mode'], message: 'must be none, voluntary, full or lazy' }),

  observe: () =>
    Object.assign(
      {
        live: read.text(live),
        cmdline: read.text('/proc/cmdline'),
        kernel: read.kernel(),
        dropIn: read.text('/etc/default/grub.d/90-plinth-preempt.cfg'),
        grub: read.text('/etc/default/grub'),
        marker: read.text(markerPath),
        grubby: read.stat('/usr/sbin/grubby'),
        loaderEntries: read.condition('grubby --info=ALL'),
        firmware: read.text('/boot/firmware/cmdline.txt'),
        oldFirmware: read.text('/boot/cmdline.txt'),
      },
      read.each('config', ['PREEMPT_DYNAMIC', 'PREEMPT_NONE', 'PREEMPT_VOLUNTARY', 'PREEMPT', 'PREEMPT_LAZY'], read.kernelConfig),
    ),

  *plan({ mode, bootParameter, whereMissing, state }, { live: text, cmdline = '', kernel, ...found }) {
    const modes = parseModes(text);
    const boot = bootFileOf(found);
    if (state === 'absent') {
      if (boot?.isOurs) yield change(boot.what, `preempt=${boot.parameter ?? '(none)'}, by Plinth`, boot.rest === undefined ? undefined : `preempt=${boot.rest}`, withoutOurs(boot), { timeout: 300_000 });
      const back = (boot ? boot.rest : bootParameterOf(cmdline)) ?? builtWith((name) => found[`config ${name}`]);
      if (modes && back !== undefined && modes.available.includes(back) && modes.now !== back) yield change('preemption', modes.now, back, sh`echo ${back} >${live}`);
      return;
    }
    if (mode === undefined) return;
    const [major = 0] = (kernel?.release ?? '').split('.').map(Number);
    if (major >= 7 && (mode === 'none' || mode === 'voluntary')) {
      yield refuse(`kernel ${kernel?.release} has no preemption mode ${mode}`, 'from 7.0 on kernels with lazy preemption have only full and lazy', { hint: "Say `mode: 'lazy'`: it takes the place of none.", final: true });
      return;
    }
    if (!modes || !modes.available.includes(mode)) {
      const config = found['config PREEMPT_DYNAMIC'];
      if (whereMissing === 'skip') return;
      yield refuse(modes ? `this kernel has no preemption mode ${mode}` : 'the preemption mode cannot be switched on this node', modes ? `it has ${modes.available.join(', ')}` : `there is no ${live}${config === undefined ? '' : `, and CONFIG_PREEMPT_DYNAMIC is ${config}`}`, {
        hint: modes ? 'Choose one of those.' : "Mount debugfs on /sys/kernel/debug; where the kernel was built without CONFIG_PREEMPT_DYNAMIC, say `whereMissing: 'skip'` or use another kernel. A container has its host's.",
        final: true,
      });
      return;
    }
    if (modes.now !== mode) yield change('preemption', modes.now, mode, sh`echo ${mode} >${live}`);
    if (!bootParameter) return;
    if (!boot) {
      yield refuse('it is not known how this node boots', 'no /etc/default/grub, no grubby, no cmdline.txt', { hint: 'Leave `bootParameter` out and set `preempt=` by hand.', final: true });
      return;
    }
    if (boot.parameter !== mode) yield change(boot.what, boot.parameter === undefined ? undefined : `preempt=${boot.parameter}`, `preempt=${mode}`, withMode(boot, mode), { timeout: 300_000 });
  },

  output: (_, { live: text, cmdline = '' }) => ({ mode: parseModes(text)?.now, atThisBoot: bootParameterOf(cmdline) }),
});
