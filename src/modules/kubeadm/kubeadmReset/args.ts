import { z } from 'zod';
import { late } from '../../../contract/index.ts';
import { address } from '../args/fields.ts';

export const resetArgs = z.strictObject({
  cluster: z.string().min(1, 'must not be empty').describe('The name of the cluster that the node belongs to. A node of another cluster is left alone.'),
  address: z.array(address()).default([]).describe('Addresses that the cluster gave to links of the node, such as the VIP; they are taken away.'),
  leave: late(z.unknown())
    .optional()
    .describe('What kubeadmRemove gives on another control plane, on demand: this node is taken out of a cluster that goes on. Left out: the whole cluster goes.'),
  criSocket: z.string().regex(/^unix:\/\/\/\S+$/, 'must be a socket, such as unix:///run/containerd/containerd.sock').default('unix:///run/containerd/containerd.sock').describe('The socket of the container runtime.'),
  timeout: z.int().min(60_000, 'is in milliseconds: at least a minute').default(600_000).describe('Longest time that it may take, in ms.'),
});
