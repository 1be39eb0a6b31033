import { z } from 'zod';
import { change, defineModule, read, refuse, type Script, sh } from '../../../contract/index.ts';
import { rememberedIn, writing } from '../atBoot.ts';

const sysctlPath = '/etc/sysctl.d/90-plinth-bbr.conf';
const modulesPath = '/etc/modules-load.d/plinth-bbr.conf';
const algorithm = 'net.ipv4.tcp_congestion_control';
const queueing = 'net.core.default_qdisc';

/**
 * BBR congestion control for the node's own connections, and the queueing discipline it works best with. Pods get it from
 * Cilium's bandwidth manager, which sets the same parameters: with that, leave this out.
 */
export const bbr = defineModule({
  name: 'bbr',
  summary: 'BBR congestion control with its queueing discipline, now and at every boot.',

  args: z.strictObject({
    qdisc: z.enum(['fq', 'fq_codel', 'keep']).default('fq').describe('The queueing discipline of cards that come up from now on; those that are up keep theirs. Kernels before 4.20 need fq. A container has no say in it.'),
    state: z.enum(['present', 'absent']).default('present').describe('`absent` brings back what was set before.'),
  }),

  observe: () => ({ module: read.kernelModule('tcp_bbr'), available: read.sysctl('net.ipv4.tcp_available_congestion_control'), live: read.sysctl(algorithm), qdisc: read.sysctl(queueing), saved: read.text(sysctlPath), modules: read.text(modulesPath) }),

  *plan(args, { module, available, live, qdisc, saved, modules }) {
    const before = rememberedIn(saved);
    if (args.state === 'absent') {
      if (saved !== undefined) yield change(sysctlPath, saved, undefined, sh`rm -f -- ${sysctlPath}`);
      if (modules !== undefined) yield change(modulesPath, modules, undefined, sh`rm -f -- ${modulesPath}`);
      const [was, wasQdisc] = [before[algorithm], before[queueing]];
      if (was !== undefined && live !== was) yield change(algorithm, live, was, set(algorithm, was));
      if (wasQdisc !== undefined && qdisc !== undefined && qdisc !== wasQdisc) yield change(queueing, qdisc, wasQdisc, set(queueing, wasQdisc));
      return;
    }
    const isThere = (available ?? '').split(' ').includes('bbr');
    if (!isThere && !module) {
      yield refuse('the kernel has no BBR', `it offers ${available ?? 'nothing'}, and there is no module tcp_bbr`, { hint: "Install the rest of the kernel's modules, or a kernel built with CONFIG_TCP_CONG_BBR; in a container, load tcp_bbr on its host.", final: true });
      return;
    }
    const wantsQdisc = args.qdisc !== 'keep' && qdisc !== undefined;
    const loads = module !== undefined && module.state !== 'builtin';
    if (loads && modules !== moduleText) yield change(modulesPath, modules, moduleText, writing(modulesPath, moduleText, '0644'));
    if (!isThere) yield change('module tcp_bbr', 'not loaded', 'loaded', sh`modprobe -- tcp_bbr`);
    if (wantsQdisc && qdisc !== args.qdisc) yield change(queueing, qdisc, args.qdisc, set(queueing, args.qdisc));
    if (live !== 'bbr') yield change(algorithm, live, 'bbr', set(algorithm, 'bbr'));
    const remembered = { [algorithm]: live ?? 'cubic', ...(wantsQdisc ? { [queueing]: qdisc } : {}), ...before };
    const text = `# Written by Plinth.\n${Object.entries(remembered).map(([key, value]) => `# before: ${key}=${value}\n`).join('')}${wantsQdisc ? `${queueing} = ${args.qdisc}\n` : ''}${algorithm} = bbr\n`;
    if (saved !== text) yield change(sysctlPath, saved, text, writing(sysctlPath, text, '0644'));
  },
});

const moduleText = '# Written by Plinth.\ntcp_bbr\n';

const set = (key: string, value: string): Script => sh`printf '%s\n' ${value} >${`/proc/sys/${key.replaceAll('.', '/')}`}`;
