import { z } from 'zod';

/** What the cluster is to be: advice depends on it as much as on the nodes. */
export const wishesSchema = z.strictObject({
  cilium: z.string().regex(/^\d+\.\d+(\.\d+)?$/, 'must be a version such as 1.19').default('1.19').describe('The version of Cilium.'),
  routing: z.enum(['native', 'vxlan', 'geneve']).default('native').describe('How pods of different nodes reach each other: by routes, or by a tunnel.'),
  routes: z.enum(['direct', 'external']).default('direct').describe('Who knows the routes to pods: the nodes among themselves, which needs one network for all, or routers.'),
  encryption: z.enum(['none', 'ipsec', 'wireguard']).default('none').describe('Encryption between nodes.'),
  profile: z.enum(['balanced', 'latency', 'throughput']).default('balanced').describe('What the nodes are tuned for.'),
  mtu: z.int().min(576).max(65535).default(9000).describe('The MTU that the network can carry, as far as is known.'),
});
export type Wishes = z.output<typeof wishesSchema>;
export type WishesInput = z.input<typeof wishesSchema>;
