import { defineFleet } from 'plinth';
import { clusterSpec } from 'plinth/cluster';
import { z } from 'zod';
import { gitops } from './gitops.ts';
import { preparation } from './preparation.ts';

const person = z.strictObject({
  keys: z.array(z.string()).describe('Public keys, as in a .pub file.'),
  sudo: z.enum(['nopasswd', 'password', 'none']).default('none').describe('What sudo lets the user do.'),
  groups: z.array(z.string()).default([]).describe('Groups besides the own one.'),
});

/** The kernel parameters of a Kubernetes node whose pods Cilium connects. */
const kubernetesSysctl = {
  // kubeadm's preflight wants this; pods have no way out without it.
  'net.ipv4.ip_forward': 1,
  // Bridged traffic passes iptables: older network plugins and kubeadm's guide rely on it.
  'net.bridge.bridge-nf-call-iptables': 1,
  'net.bridge.bridge-nf-call-ip6tables': 1,
  // The kubelet sets these itself, or refuses to start where protectKernelDefaults is on.
  'vm.overcommit_memory': 1,
  'kernel.panic': 10,
  'kernel.panic_on_oops': 1,
  // Many pods watch many files.
  'fs.inotify.max_user_instances': 8192,
  'fs.inotify.max_user_watches': 1048576,
};

/** What tune.ts does to a node. Groups and hosts override it key by key. */
const tuning = z
  .strictObject({
    profile: z.enum(['balanced', 'latency', 'throughput']).default('balanced').describe('`balanced`: a network profile of tuned, interrupts spread. `latency`, `throughput`: more of the one, at the cost of power or the other.'),
    nic: z.string().optional().describe('The link whose cards are tuned. Left out: the one with the default route.'),
    tuned: z.string().optional().describe("Another profile of tuned than the tuning profile's, or `keep`."),
    dsr: z.boolean().default(false).describe('The cluster answers by direct server return: no profile with TCP Fast Open.'),
    interrupts: z.enum(['spread', 'oneToOne', 'numaLocal', 'keep']).default('spread').describe('How interrupts are pinned; `keep` leaves them and irqbalance alone.'),
    mtu: z.int().optional().describe('Raised node by node, each tried against those before. Needs `nodeIp`. Left out: as found.'),
    bbr: z.boolean().default(false).describe("BBR for the node's own connections. Pods get it from Cilium's bandwidth manager."),
    preemption: z.enum(['none', 'voluntary', 'full', 'lazy', 'keep']).optional().describe("The preemption mode. Left out: the tuning profile's."),
    preemptionAtBoot: z.boolean().default(false).describe('Also as a boot parameter.'),
  })
  .prefault({});

/** Variables of the fleet: what every host may say, and what the groups add. */
export const fleet = defineFleet({
  shared: z.strictObject({
    endpoint: z.string().optional().describe('Where the API server will answer: name or address, for later playbooks.'),
    nodeIp: z.union([z.ipv4(), z.ipv6()]).optional().describe('The address of this node among the others. Names in /etc/hosts point to it.'),
    setHostname: z.boolean().default(true).describe('Name the node as the inventory does.'),
    sysctl: z.record(z.string(), z.union([z.string(), z.int()])).default(kubernetesSysctl).describe('Kernel parameters.'),
    kernelModules: z.array(z.string()).default(['overlay', 'br_netfilter']).describe('Kernel modules to load.'),
    packages: z.array(z.string()).default([]).describe('Packages besides those that Kubernetes needs.'),
    swap: z.enum(['off', 'keep']).default('off').describe('The kubelet wants it off unless it is told how to use it.'),
    timeServers: z.array(z.string()).default([]).describe('NTP servers. None: those of the distribution.'),
    maxClockSkew: z.int().default(2000).describe('How far the clock of a node may be off, in ms: joins and certificates fail where clocks disagree.'),
    journalMaxUse: z.string().regex(/^\d+[KMGT]$/, 'must be a size such as 500M').default('500M').describe('How much disk the journal may take.'),
    ...preparation,
    tuning: tuning.describe('How the nodes are tuned, for tune.ts.'),
    cluster: clusterSpec.optional().describe('The cluster that these nodes are to be, for bootstrap.ts and its kin: docs/cluster.md.'),
    gitops: gitops.optional().describe('Who looks after what runs in the cluster, for gitops.ts.'),
    node: z
      .strictObject({
        labels: z.record(z.string(), z.string()).default({}).describe('Labels of the node.'),
        taints: z.array(z.strictObject({ key: z.string().describe('Its key.'), value: z.string().optional().describe('Its value.'), effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).describe('What it keeps away.') })).default([]).describe('Taints of the node.'),
      })
      .prefault({})
      .describe('What the node is to the cluster.'),
    users: z.record(z.string(), person).default({}).describe('People who may log in.'),
  }),
  groups: {
    controlPlane: z.strictObject({}),
    workers: z.strictObject({}),
  },
});
