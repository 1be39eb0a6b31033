import { z } from 'zod';
import { address, nodeFields, nodeName, port } from '../args/fields.ts';

export const nodeToBe = z.strictObject({
  name: nodeName().describe('The name of its Node object.'),
  address: address().describe('Its address in the cluster, as nodeIp has it.'),
});
export type NodeToBe = z.output<typeof nodeToBe>;

export const tokenArgs = z.strictObject({
  purpose: z.enum(['worker', 'controlPlane']).describe('What the credentials are for.'),
  for: z.array(nodeToBe).default([]).describe('Who is about to join with them. What is left of an earlier node of that name or address is taken out of the cluster first. Name no node that is well.'),
  ttl: z.string().regex(/^\d+(m|h)$/, 'must be minutes or hours, such as 30m').default('30m').describe('How long the token is good. The uploaded certificates are for two hours.'),
  criSocket: nodeFields.criSocket,
  bindPort: port().default(6443).describe('The port of the API server on this node.'),
});
