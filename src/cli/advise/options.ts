import type { Options } from '../arguments/command.ts';

/** What the cluster is to be, and how the advice is printed. */
export const adviceOptions = {
  cilium: { kind: 'text', value: 'VERSION', summary: 'The version of Cilium. Default: 1.19.' },
  profile: { kind: 'text', value: 'NAME', summary: 'balanced (the default), latency or throughput.', complete: ['balanced', 'latency', 'throughput'] },
  routing: { kind: 'text', value: 'HOW', summary: 'native (the default), vxlan or geneve.', complete: ['native', 'vxlan', 'geneve'] },
  routes: { kind: 'text', value: 'WHO', summary: 'Who knows the routes to pods: direct (the nodes, the default) or external (routers).', complete: ['direct', 'external'] },
  encryption: { kind: 'text', value: 'HOW', summary: 'none (the default), ipsec or wireguard.', complete: ['none', 'ipsec', 'wireguard'] },
  mtu: { kind: 'text', value: 'BYTES', summary: 'The MTU that the network can carry. Default: 9000.' },
  output: { kind: 'text', value: 'FORM', summary: 'table or json. Default: table on a terminal, json elsewhere.', complete: ['table', 'json'] },
} as const satisfies Options;
