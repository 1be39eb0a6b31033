import { defineFleet } from 'plinth';
import { z } from 'zod';

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
    users: z.record(z.string(), person).default({}).describe('People who may log in.'),
  }),
  groups: {
    controlPlane: z.strictObject({}),
    workers: z.strictObject({}),
  },
});
