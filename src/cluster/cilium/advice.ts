import { advise } from '../../advise/advise.ts';
import type { Row } from '../../advise/row.ts';
import type { ClusterNode } from '../node.ts';
import type { ClusterSpec } from '../spec/index.ts';
import { versionsOf } from '../versions.ts';

/** The item of `plinth advise` behind each feature of the spec. */
const items: Readonly<Record<string, string>> = {
  ebpfMasquerade: 'eBPF masquerade',
  hostRouting: 'BPF host routing',
  dsr: 'DSR',
  bandwidthManager: 'bandwidth manager',
  bbr: 'BBR',
  bigTcpIpv4: 'BIG TCP IPv4',
  bigTcpIpv6: 'BIG TCP IPv6',
  netkit: 'netkit',
  xdp: 'XDP',
  noConntrackRules: 'conntrack bypass',
};

export const itemOf = (feature: string): string => items[feature] ?? feature;

/** What each node can have, for the Cilium that the spec wants. */
export function adviceOf(spec: ClusterSpec, nodes: readonly ClusterNode[]): Row[] {
  const version = versionsOf(spec).cilium;
  if (spec.cilium === false || version === undefined) return [];
  const { routing, encryption, values } = spec.cilium;
  return advise(nodes, { cilium: version, routing, encryption, routes: values.autoDirectNodeRoutes === false ? 'external' : 'direct' });
}
