import { z } from 'zod';
import { late } from '../../../contract/index.ts';
import { credentials } from '../args/credentials.ts';
import { nodeFields, overrideField, placeFields } from '../args/fields.ts';

export const joinArgs = z.strictObject({
  role: z.enum(['controlPlane', 'worker']).describe('What the node becomes.'),
  ...placeFields,
  ...nodeFields,
  credentials: late(credentials).describe('What kubeadmToken mints on another control plane, on demand.'),
  kubeProxy: z.boolean().default(false).describe('The cluster has kube-proxy. Without it, that it is not there is checked after the join.'),
  override: overrideField,
  timeout: z.int().min(60_000, 'is in milliseconds: at least a minute').default(900_000).describe('Longest time that the join and the waiting for its end may take, in ms.'),
});
export type JoinArgs = z.output<typeof joinArgs>;
