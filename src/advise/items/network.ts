import { cardsBehind, mainNic } from '../node.ts';
import { blocked, type Item, notApplicable, ok, possible } from '../row.ts';
import { speedOf } from './tuned.ts';

const jumboFrames: Item = {
  item: 'jumbo MTU',
  wanted: 'a large MTU on all nodes',
  prerequisite: 'cards and switches that let it through, the same on every node',
  rule: 'only after a path test between every pair of nodes; from Cilium 1.17 on agents follow, pods keep theirs until they are made anew',
  judge(node, { mtu }, fleet) {
    const wanted = `MTU ${mtu}`;
    const nic = mainNic(node.facts);
    if (!nic) return { ...blocked('no card with a default route', 'it is not known which card carries the traffic'), wanted };
    const found = `${nic.name} ${nic.mtu}${node.extra.maxMtu === undefined ? '' : `, at most ${node.extra.maxMtu}`}`;
    if (nic.type === 'wlan') return { ...notApplicable(found, 'wireless networks carry no more than 1500 or so'), wanted };
    const smaller = fleet.find((one) => (one.extra.maxMtu ?? 65535) < mtu && (mainNic(one.facts)?.mtu ?? 0) < mtu);
    if (smaller && smaller.name !== node.name) return { ...blocked(found, `${smaller.name} can have at most ${smaller.extra.maxMtu}, and all nodes must agree`), wanted };
    if (smaller) return { ...blocked(found, `the driver allows at most ${node.extra.maxMtu}`), wanted };
    const different = fleet.find((one) => mainNic(one.facts)?.mtu !== nic.mtu);
    if (nic.mtu >= mtu && !different) return { ...ok(found, 'all nodes have it'), wanted };
    if (nic.mtu >= mtu) return { ...possible(found, `${different?.name ?? 'another node'} has ${mainNic(different?.facts ?? node.facts)?.mtu}: large packets to it are lost`), wanted };
    return { ...possible(found, `after a path test with packets of ${mtu - 28} bytes that may not be cut up`), wanted };
  },
};

const irqPinning: Item = {
  item: 'IRQ pinning',
  wanted: 'each queue on a CPU of its own',
  prerequisite: 'a card with several queues, no irqbalance',
  rule: 'channels first, then pinning; interrupts of a single queue cannot be spread; managed interrupts cannot be moved',
  judge(node) {
    const found = speedOf(node);
    const nic = mainNic(node.facts);
    if (node.facts.container) return notApplicable(found, "a container's interrupts are its host's");
    if (node.facts.cpus.count < 2) return notApplicable(found, 'there is one CPU');
    const cards = nic ? cardsBehind(nic, node.facts.nics) : [];
    const single = cards.filter(({ rxQueues }) => rxQueues <= 1);
    if (cards.length === 0) return blocked(found, 'it is not known which card carries the traffic');
    if (single.length === cards.length) return notApplicable(found, `${single.map(({ name, driver }) => `${name} (${driver ?? 'virtual'})`).join(', ')} has a single queue: nothing to spread, RPS hands its packets on`);
    const irqs = node.extra.interrupts?.irqs ?? [];
    if (irqs.length > 0 && irqs.every(({ movable }) => !movable)) return blocked(found, 'the kernel manages its interrupts and lets nobody move them');
    const spread = irqs.filter(({ cpus }) => /[-,]/.test(cpus));
    if (irqs.length > 0 && spread.length === 0 && node.extra.irqbalance?.active !== 'active') return ok(found, 'every interrupt is on one CPU');
    return possible(found, `${cards.map(({ name, rxQueues }) => `${name} has ${rxQueues} queues`).join(', ')}${node.extra.irqbalance?.active === 'active' ? '; irqbalance must be stopped or told to leave them alone' : ''}`);
  },
};

const packetSteering: Item = {
  item: 'RPS/XPS',
  wanted: 'packets of a single queue on all CPUs',
  prerequisite: 'a card with one queue, more than one CPU',
  rule: 'for single-queue cards (I219-LM and other e1000e, many boards); cards with several queues need it not',
  judge(node) {
    const nic = mainNic(node.facts);
    const cards = nic ? cardsBehind(nic, node.facts.nics) : [];
    const found = cards.map(({ name, rxQueues }) => `${name}: ${rxQueues} ${rxQueues === 1 ? 'queue' : 'queues'}`).join(', ') || 'no card';
    if (cards.length === 0) return blocked(found, 'it is not known which card carries the traffic');
    if (node.facts.cpus.count < 2) return notApplicable(found, 'there is one CPU');
    if (cards.every(({ rxQueues }) => rxQueues > 1)) return notApplicable(found, 'the card itself spreads packets over its queues');
    const masks = (node.extra.interrupts?.queues ?? []).filter(({ name, mask }) => name.startsWith('rx') && mask !== undefined);
    if (masks.length > 0 && masks.every(({ mask }) => /[1-9a-f]/.test(mask ?? ''))) return ok(found, 'packets are handed on already');
    return possible(found, `${node.facts.cpus.count} CPUs can take them`);
  },
};

const irqbalance: Item = {
  item: 'irqbalance',
  wanted: 'stopped, or told to leave the card alone',
  prerequisite: 'interrupts that are pinned instead',
  rule: 'it does not run in containers or with one CPU; it moves pinned interrupts back every 10 s unless told otherwise',
  judge(node) {
    const unit = node.extra.irqbalance;
    const found = unit ? `${unit.file || 'no file'}, ${unit.active}` : 'not installed';
    if (node.facts.container || node.facts.cpus.count < 2) return notApplicable(found, 'it does not run in a container or with one CPU');
    if (unit?.active !== 'active') return ok(found, 'it moves nothing');
    const nic = mainNic(node.facts);
    if (nic && cardsBehind(nic, node.facts.nics).every(({ rxQueues }) => rxQueues <= 1)) return notApplicable(found, 'the card has a single queue, so there is nothing to pin that it could move; it may stay');
    return possible(found, 'it runs and would move pinned interrupts');
  },
};

export const network: readonly Item[] = [jumboFrames, irqbalance, irqPinning, packetSteering];
