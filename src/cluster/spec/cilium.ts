import { z } from 'zod';
import { cidr, overrides, version } from './address.ts';

/** `auto` enables a feature where every node can have it; `on` refuses to start where one cannot. */
const feature = (what: string) => z.enum(['auto', 'on', 'off']).default('auto').describe(what);

/** Features that need something of the nodes: `plinth advise` knows of each node what it can have. */
export const features = z
  .strictObject({
    ebpfMasquerade: feature('Masquerading by eBPF in place of iptables.'),
    hostRouting: feature('Packets of pods bypass the network stack of the host.'),
    dsr: feature('Answers go to the client directly. Native routing, or geneve.').default('off'),
    bandwidthManager: feature('Pacing of pods by EDT.'),
    bbr: feature('BBR for pods.').default('off'),
    bigTcpIpv4: feature('Packets of up to 192 KiB within the node, IPv4.').default('off'),
    bigTcpIpv6: feature('The same for IPv6.').default('off'),
    netkit: feature('netkit devices in place of veth. Only for new nodes: pods must be made anew.').default('off'),
    xdp: feature('Load balancing in the driver of the card.').default('off'),
    noConntrackRules: feature('Traffic of pods bypasses conntrack. Native routing.'),
  })
  .prefault({})
  .describe('auto, on or off, each.');

/** Cilium in the place of kube-proxy: Helm reference of the chart, by version. */
export const cilium = z
  .strictObject({
    version: version('1.20.1')
      .transform((text) => text.replace(/^v/, ''))
      .optional()
      .describe('The version of the chart. Left out: one that is tested with this Kubernetes.'),
    routing: z.enum(['vxlan', 'geneve', 'native']).default('vxlan').describe('How pods of different nodes reach each other: by a tunnel, or by routes.'),
    nativeCidr: cidr().optional().describe('What is reached without masquerading, with native routing. Default: the pod network.'),
    devices: z.array(z.string()).default([]).describe('Links that Cilium works on. None: it finds them.'),
    loadBalancerAlgorithm: z.enum(['random', 'maglev']).default('random').describe('How a backend is chosen.'),
    encryption: z.enum(['none', 'wireguard', 'ipsec']).default('none').describe('Encryption between nodes.'),
    features,
    values: overrides("the chart's values"),
    wait: z.int().min(1).default(600).describe('How long the agents may take to be ready, in seconds.'),
  })
  .describe('Cilium; false leaves the network of pods to somebody else.');
