import { noHostRouting, noNativeRouting } from '../base.ts';
import { cardsBehind, mainNic } from '../node.ts';
import { blocked, type Item, type Judgement, notApplicable, possible } from '../row.ts';
import { hasCilium, hasKernel, kernelOf } from '../versions.ts';

/** Drivers that Cilium's documentation names for BIG TCP: mlx4, mlx5, ice. */
const drivers = new Set(['mlx4_en', 'mlx4_core', 'mlx5_core', 'ice']);

function judged(kernel: string, ...[node, wishes, fleet]: Parameters<Item['judge']>): Judgement {
  const nic = mainNic(node.facts);
  const cards = nic ? cardsBehind(nic, node.facts.nics) : [];
  const found = `${kernelOf(node)}, ${cards.map(({ driver, name }) => driver ?? name).join(', ') || 'no card'}`;
  if (!hasKernel(node, kernel)) return blocked(found, `it needs kernel ${kernel}, and this is ${node.facts.kernel.release}`);
  const strange = cards.find(({ driver }) => driver === null || !drivers.has(driver));
  if (!nic || strange) return blocked(found, `${strange ? `the driver ${strange.driver ?? 'of a virtual link'} is not one of mlx4, mlx5 and ice` : 'there is no card with a default route'}`);
  if (wishes.encryption !== 'none') return blocked(found, `not together with encryption (${wishes.encryption})`);
  const why = noHostRouting(node, wishes) ?? noNativeRouting(node, wishes, fleet);
  if (why !== undefined) return blocked(found, why);
  return possible(found, 'pods that run must be made anew');
}

export const bigTcp: readonly Item[] = [
  {
    item: 'BIG TCP IPv6',
    wanted: 'enableIPv6BIGTCP=true',
    prerequisite: 'kernel 5.19, mlx4, mlx5 or ice, native routing, no encryption',
    rule: 'kernel 5.19; drivers mlx4, mlx5, ice; never with a tunnel or encryption',
    judge: (node, wishes, fleet) => (mainNic(node.facts)?.addresses.some((address) => address.includes(':')) ? judged('5.19', node, wishes, fleet) : notApplicable(kernelOf(node), 'the node has no IPv6 address')),
  },
  {
    item: 'BIG TCP IPv4',
    wanted: 'enableIPv4BIGTCP=true',
    prerequisite: 'kernel 6.3, Cilium 1.14, mlx4, mlx5 or ice, native routing, no encryption',
    rule: 'kernel 6.3; Cilium 1.14; drivers mlx4, mlx5, ice; never with a tunnel or encryption',
    judge: (node, wishes, fleet) => (hasCilium(wishes, '1.14') ? judged('6.3', node, wishes, fleet) : blocked(kernelOf(node), `Cilium ${wishes.cilium} has it only for IPv6; 1.14 is the first for IPv4`)),
  },
];
