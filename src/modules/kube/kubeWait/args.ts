import { z } from 'zod';
import { anyName, apiVersion, kind, kubeconfig, objectName, timeout } from '../args/fields.ts';

const until = z.union(
  [
    z.enum(['ready', 'exists', 'gone']),
    z.strictObject({
      condition: z.string().min(1).describe('The type of a condition in its status.'),
      status: z.enum(['True', 'False', 'Unknown']).default('True').describe('What the condition must be.'),
    }),
  ],
  'must be ready, exists, gone or { condition, status }',
);

export const waitArgs = z.strictObject({
  kind: kind().describe('Deployment, DaemonSet, StatefulSet, Pod, Node, Job, Service, CustomResourceDefinition, GatewayClass, or another one with its apiVersion.'),
  apiVersion: apiVersion().optional().describe('Left out: that of the kinds above.'),
  name: anyName().describe('The name of the object.'),
  namespace: objectName().optional().describe('Its namespace; left out for what has none.'),
  until: until.default('ready').describe('`ready`: rolled out, with endpoints, established, accepted or complete, by its kind.'),
  kubeconfig: kubeconfig(),
  timeout: timeout(600_000).describe('Longest time to wait, in ms. Then it says why it is not so: pods with their reasons, and the last warnings.'),
  interval: timeout(2000).describe('Time between two looks, in ms; whole seconds count.'),
});
export type WaitArgs = z.output<typeof waitArgs>;
