import { z } from 'zod';
import { port } from '../args/fields.ts';
import { nodeToBe } from '../kubeadmToken/args.ts';

export const removeArgs = z.strictObject({
  node: nodeToBe.describe('Who leaves the cluster: its member of etcd and its Node object are taken out. It must not be the node that this runs on.'),
  drain: z.boolean().default(true).describe('Moves its pods elsewhere first, for two minutes at most.'),
  bindPort: port().default(6443).describe('The port of the API server on this node.'),
});
