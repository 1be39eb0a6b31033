import { readFileSync } from 'node:fs';
import { type Extra, type Node, nothingElse } from '../../src/advise/index.ts';
import { type CpuFrequency, type Facts, read, type Unit } from '../../src/contract/index.ts';

/** Facts as a node told them; the lines are those of the script of facts. */
export const recorded = (name: string): Facts => read.facts().kind.parse(readFileSync(new URL(`recorded/${name}.txt`, import.meta.url), 'utf8'), '');

export const unit = (active: string, file = 'enabled'): Unit => ({ load: 'loaded', active, sub: '', file, type: 'simple', remainAfterExit: false, needDaemonReload: false, result: 'success', conditions: true });
const cpus = (count: number, driver: string, governor: string, available: readonly string[]): CpuFrequency[] => Array.from({ length: count }, (_, cpu) => ({ cpu, governor, available, driver }));
const distribution = { BPF_SYSCALL: 'y', NET_CLS_BPF: 'm', CGROUP_BPF: 'y', NET_SCH_FQ: 'm', TCP_CONG_BBR: 'm', PREEMPT_DYNAMIC: 'y' };

const extras: Readonly<Record<string, Partial<Extra>>> = {
  'debian12-virtio': {
    config: { ...distribution, NETKIT: 'n', PREEMPT_VOLUNTARY: 'y' },
    preempt: 'none (voluntary) full\n',
    idleDriver: 'none',
    congestion: 'reno cubic',
    irqbalance: unit('active'),
    maxMtu: 65535,
    interrupts: {
      online: '0-3',
      local: '0-3',
      irqs: [
        { irq: 28, name: 'virtio0-config', cpus: '0', movable: true },
        { irq: 29, name: 'virtio0-input.0', cpus: '0-3', movable: true },
        { irq: 30, name: 'virtio0-output.0', cpus: '0-3', movable: true },
      ],
      queues: [],
    },
  },
  'ubuntu-i219': {
    config: { ...distribution, NETKIT: 'y', PREEMPT_VOLUNTARY: 'y' },
    cpufreq: cpus(12, 'intel_pstate', 'powersave', ['performance', 'powersave']),
    preempt: 'none (voluntary) full\n',
    idleDriver: 'intel_idle',
    congestion: 'reno cubic',
    irqbalance: unit('active'),
    tuned: unit('active'),
    tunedProfile: 'network-latency',
    maxMtu: 9000,
    interrupts: { online: '0-11', local: '0-11', irqs: [{ irq: 128, name: 'eno1', cpus: '0-11', movable: true }], queues: [{ name: 'rx-0', mask: '000' }, { name: 'tx-0', mask: undefined }] },
  },
  'ubuntu-mlx5': {
    config: { ...distribution, NETKIT: 'y', PREEMPT_VOLUNTARY: 'y' },
    cpufreq: cpus(32, 'acpi-cpufreq', 'performance', ['performance', 'schedutil']),
    preempt: '(none) voluntary full\n',
    idleDriver: 'acpi_idle',
    congestion: 'reno cubic bbr',
    tuned: unit('active'),
    tunedProfile: 'network-throughput',
    maxMtu: 9978,
    interrupts: { online: '0-31', local: '0-31', irqs: [0, 1, 2, 3].map((i) => ({ irq: 200 + i, name: `mlx5_comp${i}@pci:0000:41:00.0`, cpus: String(i), movable: true })), queues: [] },
  },
  'raspberry-pi5': {
    config: { ...distribution, NETKIT: 'n', PREEMPT: 'y', PREEMPT_DYNAMIC: 'n' },
    cpufreq: cpus(4, 'cpufreq-dt', 'ondemand', ['ondemand', 'performance', 'powersave']),
    congestion: 'reno cubic',
    maxMtu: 10222,
    interrupts: { online: '0-3', local: '0-3', irqs: [{ irq: 106, name: 'eth0', cpus: '0', movable: true }], queues: [{ name: 'rx-0', mask: 'f' }] },
  },
  'rhel9-bnxt': {
    config: { ...distribution, NETKIT: 'n', PREEMPT_NONE: 'n' },
    cpufreq: cpus(16, 'intel_cpufreq', 'schedutil', ['schedutil', 'powersave']),
    preempt: '(none) voluntary full\n',
    idleDriver: 'intel_idle',
    congestion: 'reno cubic',
    tuned: unit('inactive', 'disabled'),
    tunedProfile: 'network-throughput',
    maxMtu: 9500,
    interrupts: { online: '0-15', local: '0-7', irqs: [{ irq: 90, name: 'ens1f0-0', cpus: '0-15', movable: false }], queues: [] },
  },
  'fedora-seven': {
    config: { ...distribution, NETKIT: 'y', PREEMPT_LAZY: 'n', PREEMPT: 'y' },
    cpufreq: cpus(16, 'amd-pstate-epp', 'powersave', ['performance', 'powersave']),
    preempt: '(full) lazy\n',
    idleDriver: 'acpi_idle',
    congestion: 'reno cubic bbr',
    tuned: unit('active'),
    tunedProfile: 'balanced',
    maxMtu: 9216,
  },
  'lab-node': {},
};

/** A recorded node with all that advice reads of it; `change` puts one thing otherwise. */
export function node(name: string, change: { readonly facts?: Partial<Facts>; readonly extra?: Partial<Extra> } = {}): Node {
  return { name, facts: { ...recorded(name), ...change.facts }, extra: { ...nothingElse, ...extras[name], ...change.extra } };
}
