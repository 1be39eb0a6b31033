import { broken, type Finding, ok } from '../finding.ts';
import { contains, type Holding, holds, isBackwards, overlaps, showBlock } from '../networks.ts';
import type { ClusterNode } from '../node.ts';
import type { ClusterSpec } from '../spec/index.ts';

const source = 'Cilium documentation, network/concepts/ipam/cluster-pool; kubeadm reference, networking';

/** The address of the endpoint, where it is known. */
export const endpointAddress = ({ endpoint }: ClusterSpec): string | undefined => endpoint.address ?? (/^[\d.]+$|:/.test(endpoint.host) ? endpoint.host : undefined);

/** No address may be two things: pods, services, pools, the endpoint, nodes, gateways. All pairs are looked at. */
export function networkFindings(spec: ClusterSpec, nodes: readonly ClusterNode[]): Finding[] {
  const backwards = spec.loadBalancer.pools.flatMap(({ name, blocks }) => blocks.filter(isBackwards).map((block) => broken(`pool ${name}`, `${showBlock(block)} ends before it begins`, { path: ['loadBalancer', 'pools'] })));
  if (backwards.length > 0) return backwards;
  const found = overlaps(holdings(spec, nodes)).map(({ a, b }) => broken(`${a.owner} and ${b.owner}`, `${showBlock(a.block)} and ${showBlock(b.block)} overlap`, { source, path: pathOf(a.owner, b.owner), hint: 'Give each its own addresses: what belongs to two is reached as one of them, and which one differs from node to node.' }));
  return [...found, ...nativeCidr(spec), ...(found.length === 0 ? [ok('networks', 'no two of them overlap')] : [])];
}

function holdings(spec: ClusterSpec, nodes: readonly ClusterNode[]): Holding[] {
  const endpoint = endpointAddress(spec);
  const gateways = new Set(nodes.flatMap(({ facts }) => (facts.defaultRoute ? [facts.defaultRoute.gateway] : [])));
  return [
    ...spec.network.pods.map((block) => ({ owner: 'the network of pods', block })),
    ...spec.network.services.map((block) => ({ owner: 'the network of services', block })),
    ...spec.loadBalancer.pools.flatMap(({ name, blocks }) => blocks.map((block) => ({ owner: `pool ${name}`, block }))),
    ...(endpoint === undefined || isNode(endpoint, spec, nodes) ? [] : [{ owner: 'the endpoint', block: { start: endpoint } }]),
    ...nodes.flatMap(({ name, address }) => (address === undefined ? [] : [{ owner: `node ${name}`, block: { start: address } }])),
    ...[...gateways].filter((start) => start !== '' && !nodes.some(({ address }) => address === start)).map((start) => ({ owner: 'the default gateway', block: { start } })),
  ];
}

/** A single control plane may be its own endpoint, where nothing moves it about. */
const isNode = (endpoint: string, { kubeVip }: ClusterSpec, nodes: readonly ClusterNode[]): boolean => kubeVip === false && nodes.some(({ address }) => address === endpoint);

function pathOf(...owners: readonly string[]): (string | number)[] {
  if (owners.some((owner) => owner.startsWith('pool'))) return ['loadBalancer', 'pools'];
  if (owners.includes('the network of pods')) return ['network', 'pods'];
  return owners.includes('the network of services') ? ['network', 'services'] : ['endpoint', 'host'];
}

/** What is left out of nativeCidr is masqueraded: from the fifth node on, if it holds the networks of four. */
function nativeCidr({ cilium, network }: ClusterSpec): Finding[] {
  if (cilium === false || cilium.nativeCidr === undefined || cilium.routing !== 'native') return [];
  const { nativeCidr: wide } = cilium;
  return network.pods.filter((pods) => meetsFamily(pods, wide) && !contains(wide, pods)).map((pods) => broken('cilium.nativeCidr', `${wide} does not hold the whole network of pods ${pods}`, { path: ['cilium', 'nativeCidr'], hint: 'Leave it out, or give the whole network: pods outside of it are reached with the address of their node.' }));
}

const meetsFamily = (a: string, b: string): boolean => a.includes(':') === b.includes(':');

/** The endpoint must be in the network of a link of every control plane, or no neighbour will look for it there. */
export function endpointFindings(spec: ClusterSpec, nodes: readonly ClusterNode[]): Finding[] {
  const endpoint = endpointAddress(spec);
  if (spec.kubeVip === false || spec.kubeVip.mode !== 'arp' || endpoint === undefined) return [];
  const { interface: named } = spec.kubeVip;
  return nodes
    .filter(({ role }) => role === 'controlPlane')
    .flatMap((node) => {
      const links = node.facts.nics.filter(({ name }) => named === undefined || name === named);
      const subject = 'the endpoint';
      const all = node.facts.nics.map(({ name, addresses }) => `${name} ${addresses.join(' ') || '(no address)'}`).join(', ');
      if (links.length === 0) return [broken(subject, `there is no link ${named ?? ''} on ${node.name}: it has ${all}`, { node: node.name, path: ['kubeVip', 'interface'], hint: 'Leave `interface` out: the link is then found on each node by its network.' })];
      if (links.some(({ addresses }) => addresses.some((address) => holds(address, endpoint)))) return [];
      return [broken(subject, `${endpoint} is in no network of ${named ?? 'any link'} on ${node.name}: it has ${all}`, { node: node.name, path: ['endpoint', 'host'], hint: 'Take a free address of the network that the control planes share, outside of what DHCP gives away.' })];
    });
}
