import { type CpuFrequency, type Facts, type Interrupts, type Observed, read, type Unit } from '../contract/index.ts';

type Nic = Facts['nics'][number];

/** What advice needs to know of a node beside its facts. What could not be read is undefined, and is never taken for a no. */
export interface Extra {
  /** Options of the kernel's build, without CONFIG_: `y`, `m`, `n`. */
  readonly config: Readonly<Record<string, string | undefined>>;
  /** Empty where the kernel does not choose the clock. */
  readonly cpufreq: readonly CpuFrequency[] | undefined;
  /** `none voluntary (full)`. */
  readonly preempt: string | undefined;
  /** The driver that puts idle CPUs to sleep, and what it runs on; `none` where there is none. */
  readonly idleDriver: string | undefined;
  /** Of the card that carries the default route. */
  readonly interrupts: Interrupts | undefined;
  readonly tuned: Unit | undefined;
  readonly tunedProfile: string | undefined;
  readonly irqbalance: Unit | undefined;
  /** Congestion control algorithms that the kernel offers now. */
  readonly congestion: string | undefined;
  /** net.ipv4.conf.all.rp_filter: 1 drops answers that come by another way than they would go. */
  readonly rpFilter: string | undefined;
  /** What the driver of the card allows, in bytes. */
  readonly maxMtu: number | undefined;
}

export interface Node {
  readonly name: string;
  readonly facts: Facts;
  readonly extra: Extra;
}

const configNames = ['BPF_SYSCALL', 'NET_CLS_BPF', 'CGROUP_BPF', 'NETKIT', 'NET_SCH_FQ', 'TCP_CONG_BBR', 'PREEMPT_DYNAMIC', 'PREEMPT_NONE', 'PREEMPT_VOLUNTARY', 'PREEMPT', 'PREEMPT_LAZY'];

/** The card that carries the default route: Cilium's device, unless told otherwise. */
export const mainNic = ({ defaultRoute, nics }: Facts): Nic | undefined => nics.find(({ name }) => name === defaultRoute?.nic);

/** The cards that stand behind a link: the members of a bond or bridge, the card a VLAN is cut from, or the card itself. */
export function cardsBehind(link: Nic, nics: readonly Nic[]): Nic[] {
  const parent = link.type === 'vlan' ? nics.find(({ name }) => name === link.name.replace(/\.\d+$/, '') && name !== link.name) : undefined;
  if (parent) return cardsBehind(parent, nics);
  const members = nics.filter(({ master }) => master === link.name);
  return members.length > 0 ? members.flatMap((member) => cardsBehind(member, nics)) : [link];
}

/** What is read of a node beside its facts, in one round trip. */
export function adviceReadings(facts: Facts) {
  const nic = mainNic(facts);
  const card = nic && cardsBehind(nic, facts.nics)[0]?.name;
  return Object.assign(
    {
      cpufreq: read.cpufreq(),
      preempt: read.text('/sys/kernel/debug/sched/preempt'),
      idle: read.text('/sys/devices/system/cpu/cpuidle/current_driver'),
      tunedProfile: read.text('/etc/tuned/active_profile'),
      congestion: read.sysctl('net.ipv4.tcp_available_congestion_control'),
      rpFilter: read.sysctl('net.ipv4.conf.all.rp_filter'),
      ...(facts.init === 'systemd' ? { tuned: read.unit('tuned.service'), irqbalance: read.unit('irqbalance.service') } : {}),
      ...(card === undefined ? {} : { interrupts: read.interrupts(card), link: read.condition(`ip -d -o link show dev '${card}'`) }),
    },
    read.each('config', configNames, read.kernelConfig),
  );
}

export function extraOf({ cpufreq, preempt, idle, tuned, tunedProfile, irqbalance, congestion, rpFilter, interrupts, link, ...config }: Observed<ReturnType<typeof adviceReadings>>): Extra {
  const maxMtu = Number(/ maxmtu (\d+)/.exec(link?.said ?? '')?.[1] ?? 0);
  return {
    config: Object.fromEntries(configNames.map((name) => [name, config[`config ${name}`]])),
    cpufreq: cpufreq ?? [],
    preempt,
    idleDriver: idle?.trim(),
    interrupts,
    tuned,
    tunedProfile: tunedProfile?.trim() || undefined,
    irqbalance,
    congestion,
    rpFilter,
    maxMtu: maxMtu > 0 ? maxMtu : undefined,
  };
}

/** Where only the facts are known. */
export const nothingElse: Extra = { config: {}, cpufreq: undefined, preempt: undefined, idleDriver: undefined, interrupts: undefined, tuned: undefined, tunedProfile: undefined, irqbalance: undefined, congestion: undefined, rpFilter: undefined, maxMtu: undefined };

/** A node of which no more is known: good enough for what depends on kernel version, card and virtualization. */
export const byFacts = (name: string, facts: Facts): Node => ({ name, facts, extra: nothingElse });
