import { z } from 'zod';
import { block, labels, objectName } from './address.ts';

const selector = z
  .strictObject({
    matchLabels: labels().optional().describe('Labels that must be there.'),
    matchExpressions: z
      .array(
        z.strictObject({
          key: z.string().describe('The label.'),
          operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']).describe('How it is compared.'),
          values: z.array(z.string()).optional().describe('With what.'),
        }),
      )
      .optional()
      .describe('Conditions on labels.'),
  })
  .optional();

/** Addresses of services of type LoadBalancer: Cilium documentation, LB IPAM. */
export const pool = z.strictObject({
  name: objectName().describe('The name of the CiliumLoadBalancerIPPool.'),
  blocks: z.array(block()).min(1, 'must hold at least one block').describe('The addresses.'),
  serviceSelector: selector.describe('Which services get them. Left out: all.'),
  allowFirstLastIPs: z.boolean().optional().describe('Also the first and the last address of a network. Default: as Cilium does.'),
});

/** Who answers ARP for them: Cilium documentation, L2 announcements. */
export const l2Policy = z.strictObject({
  name: objectName().describe('The name of the CiliumL2AnnouncementPolicy.'),
  interfaces: z.array(z.string()).default([]).describe('Links that answer, as regular expressions of Go. None: all that Cilium works on.'),
  nodeSelector: selector.describe('Which nodes answer. Left out: all.'),
  serviceSelector: selector.describe('For which services. Left out: all.'),
  loadBalancerIPs: z.boolean().default(true).describe('Addresses out of the pools.'),
  externalIPs: z.boolean().default(false).describe("A service's externalIPs."),
});

export const loadBalancer = z
  .strictObject({
    pools: z.array(pool).default([]).describe('Pools of addresses.'),
    l2: z.array(l2Policy).default([]).describe('Announcement on the local network.'),
  })
  .prefault({})
  .describe('Addresses for services of type LoadBalancer.');
