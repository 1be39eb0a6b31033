import type { Node } from '../node.ts';
import { blocked, type Item, notApplicable, ok, possible } from '../row.ts';
import { hasKernel, kernelOf } from '../versions.ts';

const governor: Item = {
  item: 'CPU governor',
  wanted: 'performance',
  prerequisite: 'CPUs whose clock the kernel chooses',
  rule: 'virtual machines have no frequency scaling; set by tuned or by a unit, never by both',
  judge({ facts, extra: { cpufreq } }) {
    if (facts.container) return notApplicable('a container', "the clock is the host's");
    if (cpufreq === undefined && facts.virtualization === 'none') return possible('not known', 'should the kernel choose the clock of its CPUs');
    if (!cpufreq || cpufreq.length === 0) return notApplicable('no cpufreq', facts.virtualization === 'none' ? 'the kernel does not choose the clock: no driver, or the firmware does' : 'a virtual machine does not choose its clock: set it on the host');
    const governors = [...new Set(cpufreq.map((one) => one.governor))];
    const found = `${governors.join(', ')} (${cpufreq[0]?.driver ?? ''})`;
    if (cpufreq.some(({ available }) => !available.includes('performance'))) return blocked(found, `${cpufreq[0]?.driver ?? 'the driver'} does not offer performance`);
    return governors.length === 1 && governors[0] === 'performance' ? ok(found, 'all CPUs have it') : possible(found, 'the driver offers it');
  },
};

/** The mode in parentheses, and all that the kernel has. */
const modesOf = ({ extra: { preempt } }: Node): { readonly now: string | undefined; readonly all: readonly string[] } => ({ now: /\((\w+)\)/.exec(preempt ?? '')?.[1], all: (preempt ?? '').replaceAll(/[()]/g, '').split(/\s+/).filter(Boolean) });

const builtWith = ({ extra: { config } }: Node): string | undefined => (config['PREEMPT_NONE'] === 'y' ? 'none' : config['PREEMPT_VOLUNTARY'] === 'y' ? 'voluntary' : config['PREEMPT_LAZY'] === 'y' ? 'lazy' : config['PREEMPT'] === 'y' ? 'full' : undefined);

const preemption: Item = {
  item: 'preemption',
  wanted: 'few preemptions for throughput, many for latency',
  prerequisite: 'a kernel with CONFIG_PREEMPT_DYNAMIC and debugfs',
  rule: 'kernel 7.0 and newer have only full and lazy, and lazy takes the place of none; the boot parameter is never set unasked',
  judge(node, { profile }) {
    const seven = hasKernel(node, '7.0');
    const wanted = profile === 'latency' ? 'full' : seven ? 'lazy' : 'none';
    const { now, all } = modesOf(node);
    const built = builtWith(node);
    const found = now ?? (built === undefined ? 'not known' : `${built}, as built`);
    if (node.facts.container) return { ...notApplicable(found, "a container's kernel is its host's"), wanted };
    if (now === wanted || (now === undefined && built === wanted)) return { ...ok(found, now === undefined ? 'the kernel was built so' : 'the mode is in force'), wanted };
    const instead = seven && wanted === 'lazy' ? '; kernels from 7.0 on refuse none and voluntary' : '';
    if (now !== undefined) return { ...(all.includes(wanted) ? possible(found, `it can be switched while the kernel runs${instead}`) : blocked(found, `${kernelOf(node)} has ${all.join(', ')}`)), wanted };
    if (node.extra.config['PREEMPT_DYNAMIC'] === 'n') return { ...blocked(found, 'the kernel was built without CONFIG_PREEMPT_DYNAMIC: another kernel would be needed'), wanted };
    return { ...possible(found, `by the boot parameter preempt=${wanted}${node.extra.config['PREEMPT_DYNAMIC'] === undefined ? ', should the kernel have CONFIG_PREEMPT_DYNAMIC' : '; debugfs is not mounted'}${instead}`), wanted };
  },
};

/** Profiles of tuned that keep CPUs from sleeping deeper than C1 (force_latency), themselves or by what they include. */
const shallow = new Set(['latency-performance', 'network-latency', 'realtime', 'cpu-partitioning', 'hpc-compute']);

const idleStates: Item = {
  item: 'C-states',
  wanted: 'no deeper than C1',
  prerequisite: 'a driver for idle CPUs',
  rule: 'tuned does it by force_latency in latency-performance and network-latency; it costs power, so only for the latency profile',
  judge({ facts, extra: { idleDriver, tuned, tunedProfile } }, { profile }) {
    const found = idleDriver === undefined ? 'not known' : idleDriver;
    if (facts.container) return notApplicable(found, "a container's CPUs are its host's");
    if (idleDriver === 'none' || (idleDriver === undefined && facts.virtualization !== 'none')) return notApplicable(found, 'there is no driver that puts CPUs to sleep: the host decides');
    if (profile !== 'latency') return notApplicable(found, `the profile is ${profile}: CPUs may sleep`);
    if (tuned?.active === 'active' && shallow.has(tunedProfile ?? '')) return ok(`${found}, tuned ${tunedProfile}`, 'tuned keeps CPUs awake');
    return possible(found, 'by the tuned profile network-latency');
  },
};

export const cpu: readonly Item[] = [governor, preemption, idleStates];
