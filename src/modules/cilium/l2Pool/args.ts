import { z } from 'zod';
import { kubeconfig, objectName, selector, timeout } from '../../kube/args/fields.ts';

const address = () => z.union([z.ipv4(), z.ipv6()], 'must be an IP address');

export const poolArgs = z
  .strictObject({
    name: objectName().describe('The name of the CiliumLoadBalancerIPPool.'),
    blocks: z
      .array(
        z.union(
          [
            z.union([z.cidrv4(), z.cidrv6()]),
            z.strictObject({
              start: address().describe('The first address.'),
              stop: address().optional().describe('The last one. Left out: only the first.'),
            }),
          ],
          'must be a network such as 10.0.0.192/27, or { start, stop }',
        ),
      )
      .default([])
      .describe('The addresses.'),
    serviceSelector: selector().optional().describe('Which services get them. Left out: all.'),
    allowFirstLastIPs: z.boolean().optional().describe('Also the first and the last address of a network. Left out: as Cilium does.'),
    disabled: z.boolean().default(false).describe('No new service gets an address of it.'),
    state: z.enum(['present', 'absent']).default('present').describe('`absent` deletes the pool.'),
    kubeconfig: kubeconfig(),
    timeout: timeout(180_000).describe("How long Cilium's operator may take to register the kind, in ms."),
  })
  .refine(({ state, blocks }) => state === 'absent' || blocks.length > 0, { path: ['blocks'], message: 'must hold at least one' });
export type PoolArgs = z.output<typeof poolArgs>;
