import { type Refusal, refuse } from '../../../contract/index.ts';
import type { KubeVipArgs } from './args.ts';
import { type LinkAddress, nicFor } from './nics.ts';

/** The link that gets the address: the one that was named, or the one whose network holds it. */
export function linkOf(args: KubeVipArgs, links: readonly LinkAddress[]): string | Refusal {
  const { interface: named, mode, address } = args;
  const names = [...new Set(links.map(({ nic }) => nic))];
  const there = links.flatMap((link) => (link.nic === 'lo' ? [] : [`${link.nic} ${link.address}`])).join(', ') || 'no link with an address';
  if (named !== undefined) {
    if (names.length === 0 || names.includes(named)) return named;
    return refuse(`this node has no link ${named} with an address`, there, { hint: 'Name one of these, or leave `interface` out where the names differ from node to node.', final: true });
  }
  if (mode === 'bgp') return 'lo';
  if (links.length === 0) return refuse('the addresses of this node cannot be read', 'there is no program ip', { hint: 'Install the package iproute2, or name the link with `interface`.' });
  return nicFor(address, links) ?? refuse(`no link of this node has a network that holds ${address}`, there, { hint: 'Choose an address in the network of the control planes, or name the link with `interface`.', final: true });
}
