import { advise, byFacts, cardsBehind, type Facts, mainNic, playbook } from 'plinth';
import { bbr, cpuGovernor, irqAffinity, irqbalance, mtu, nic, packages, preemption, tuned } from 'plinth/modules';
import { fleet } from '../inventory/schema.ts';

/**
 * Tunes nodes for an eBPF data plane: what `plinth advise` finds possible on a node is done there, and nothing else. The
 * profile and what differs for a group stand in the inventory, under `tuning`. untune.ts brings back what was there before.
 */
export default playbook(fleet, ({ play, groups }) => {
  play('Tune nodes', groups.all, { facts: true }, ({ task, host, vars: { tuning }, facts }) => {
    const { profile } = tuning;
    const rows = new Map(advise([byFacts(host.name, facts)], { profile }).map((row) => [row.item, row.verdict]));
    const can = (item: string): boolean => rows.get(item) === 'possible' || rows.get(item) === 'ok';
    const cards = cardsOf(facts, tuning.nic);
    const owned = !facts.container;

    const usesTuned = tuning.tuned !== 'keep' && can('tuned profile');
    task('tools', packages, { names: ['ethtool', ...(usesTuned ? ['tuned'] : [])], recommends: false, startServices: false });
    if (usesTuned) task('profile of tuned', tuned, tunedArgs(tuning.tuned ?? profiles[profile].tuned, tuning.dsr));
    if (can('CPU governor')) task('CPU governor', cpuGovernor, { governor: 'performance', persist: usesTuned ? 'tuned' : 'unit', whereMissing: 'skip' });

    if (profiles[profile].rings && owned) for (const card of cards) task(`queues and rings of ${card}`, nic, { nic: card, channels: { combined: 'max' }, rings: { rx: 'max', tx: 'max' }, whereMissing: 'skip' });
    if (tuning.interrupts !== 'keep') {
      if (can('IRQ pinning')) task('irqbalance does not interfere', irqbalance, { state: 'stopped' });
      for (const card of cards) task(`interrupts of ${card}`, irqAffinity, { nic: card, policy: tuning.interrupts, irqbalance: can('IRQ pinning') ? 'refuse' : 'accept' });
    }

    if (tuning.bbr) task('BBR for the node', bbr, { qdisc: owned ? 'fq' : 'keep' });
    const mode = tuning.preemption ?? modeFor(profile, facts);
    if (mode !== 'keep' && owned) task('preemption', preemption, { mode, bootParameter: tuning.preemptionAtBoot, whereMissing: tuning.preemption === undefined ? 'skip' : 'refuse' });
  });

  // One after the other, each tried against those before it: so every pair is tried, and never one that is not ready yet.
  const order = groups.all.hosts.map(({ name, vars }) => ({ name, address: vars.nodeIp, mtu: vars.tuning.mtu }));
  play('Raise the MTU', groups.all, { facts: true, serial: 1 }, ({ task, host, vars: { tuning }, facts }) => {
    if (tuning.mtu === undefined) return;
    const peers = order.slice(0, order.findIndex(({ name }) => name === host.name)).flatMap(({ address, mtu: theirs }) => (address !== undefined && theirs === tuning.mtu ? [address] : []));
    const link = tuning.nic ?? facts.defaultRoute?.nic;
    if (link !== undefined) task(`MTU of ${link}`, mtu, { nic: link, mtu: tuning.mtu, peers });
  });
});

const profiles = {
  balanced: { tuned: 'network-throughput', rings: false },
  latency: { tuned: 'network-latency', rings: false },
  throughput: { tuned: 'network-throughput', rings: true },
} as const;

type Profile = keyof typeof profiles;

/** The cards that carry a link's traffic. */
function cardsOf(facts: Facts, named: string | undefined): string[] {
  const link = named === undefined ? mainNic(facts) : facts.nics.find(({ name }) => name === named);
  return link ? cardsBehind(link, facts.nics).map(({ name }) => name) : named === undefined ? [] : [named];
}

/** network-latency opens connections fast, which direct server return cannot stand: then it is a profile of our own, without that. */
function tunedArgs(profile: string, dsr: boolean) {
  if (!dsr || profile !== 'network-latency') return { profile, dsr };
  return { profile: 'plinth-latency', dsr, custom: { include: 'network-latency', summary: 'network-latency for direct server return', sections: { sysctl: { 'net.ipv4.tcp_fastopen': 1 } } } };
}

/** Kernels from 7.0 on have lazy in the place of none. */
function modeFor(profile: Profile, { kernel }: Facts): 'none' | 'full' | 'lazy' | 'keep' {
  if (profile === 'balanced') return 'keep';
  if (profile === 'latency') return 'full';
  return kernel.version[0] >= 7 ? 'lazy' : 'none';
}
