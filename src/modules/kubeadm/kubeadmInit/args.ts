import { z } from 'zod';
import { nodeFields, overrideField, placeFields } from '../args/fields.ts';

export const initArgs = z.strictObject({
  ...placeFields,
  ...nodeFields,
  clusterName: z.string().default('kubernetes').describe('The name of the cluster.'),
  podSubnets: z.array(z.union([z.cidrv4(), z.cidrv6()])).min(1).max(2).default(['10.244.0.0/16']).describe('The network of pods; two for dual stack.'),
  serviceSubnets: z.array(z.union([z.cidrv4(), z.cidrv6()])).min(1).max(2).default(['10.96.0.0/12']).describe('The network of services; as many as podSubnets.'),
  dnsDomain: z.string().default('cluster.local').describe('The domain of names of services.'),
  certSANs: z.array(z.string()).default([]).describe('Further names and addresses in the certificate of the API server. Those of the endpoint are in it anyway.'),
  imageRepository: z.string().optional().describe("Where the control plane's images come from. Default: kubeadm's."),
  featureGates: z.record(z.string(), z.boolean()).default({}).describe("Feature gates of kubeadm's ClusterConfiguration."),
  kubeProxy: z.boolean().default(false).describe('With kube-proxy. Without it, Cilium or another takes its place.'),
  override: overrideField,
  timeout: z.int().min(60_000, 'is in milliseconds: at least a minute').default(900_000).describe('Longest time that kubeadm init may take, in ms.'),
});
export type InitArgs = z.output<typeof initArgs>;
