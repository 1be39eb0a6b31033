import { z } from 'zod';

/** A port that is let in. */
export const port = z.strictObject({
  port: z.union([z.int().min(1).max(65535), z.string().regex(/^\d+-\d+$/, 'must be a range such as 30000-32767')]).describe('A port, or a range such as 30000-32767.'),
  protocol: z.enum(['tcp', 'udp']).default('tcp').describe('tcp or udp.'),
  from: z.array(z.string().regex(/^[0-9a-fA-F.:]+(\/\d+)?$/, 'must be an address or a CIDR')).default([]).describe('Only from these addresses or CIDRs; from everywhere where none is named.'),
  why: z.string().regex(/^[\w .,()/-]{1,80}$/, 'must be a short text').default('').describe('What it is for; stands beside the rule.'),
});
export type Port = z.output<typeof port>;

const tcp = (number: number | string, why: string) => ({ port: number, why });
const udp = (number: number | string, why: string) => ({ port: number, protocol: 'udp' as const, why });

/**
 * What each role of a cluster must let in from the other nodes (`from` is left to the playbook). Sources: kubernetes.io,
 * ports and protocols; Cilium, system requirements.
 */
export const clusterPorts = {
  controlPlane: [tcp(6443, 'Kubernetes API'), tcp('2379-2380', 'etcd'), tcp(10250, 'kubelet'), tcp(10257, 'controller manager'), tcp(10259, 'scheduler')],
  worker: [tcp(10250, 'kubelet')],
  nodePorts: [tcp('30000-32767', 'NodePort'), udp('30000-32767', 'NodePort')],
  cilium: [tcp(4240, 'Cilium health'), tcp(4244, 'Hubble'), udp(8472, 'VXLAN'), udp(6081, 'Geneve'), udp(51871, 'WireGuard')],
  k3s: [tcp(6443, 'K3s API'), tcp('2379-2380', 'etcd'), tcp(10250, 'kubelet')],
};
