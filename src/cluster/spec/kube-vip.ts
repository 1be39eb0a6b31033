import { z } from 'zod';
import { address, overrides, version } from './address.ts';

const peer = z.strictObject({
  address: address().describe('The router.'),
  as: z.int().describe('Its autonomous system.'),
  multihop: z.boolean().default(false).describe('It is more than one hop away.'),
});

/** kube-vip as a static pod on every control plane: kube-vip documentation, flags and environment. */
export const kubeVip = z
  .strictObject({
    version: version('v1.2.3')
      .transform((text) => (text.startsWith('v') ? text : `v${text}`))
      .default('v1.2.3')
      .describe('The version of kube-vip.'),
    image: z.string().optional().describe('Another image than ghcr.io/kube-vip/kube-vip at that version.'),
    mode: z.enum(['arp', 'bgp']).default('arp').describe('`arp`: one node holds the address. `bgp`: every healthy one announces it.'),
    interface: z.string().optional().describe('The link that gets the address. Left out: on each node the one whose network holds it.'),
    bgp: z
      .strictObject({
        as: z.int().describe('Our autonomous system.'),
        routerId: z.ipv4().optional().describe("Default: the node's own address."),
        peers: z.array(peer).min(1, 'must name at least one router').describe('The routers.'),
      })
      .optional()
      .describe('For mode bgp.'),
    env: z.record(z.string(), z.string()).default({}).describe('Further variables of its container, e.g. vip_leaseduration; they win over ours.'),
    override: overrides('the Pod'),
  })
  .refine(({ mode, bgp }) => mode !== 'bgp' || bgp !== undefined, { path: ['bgp'], message: 'is needed where mode is bgp' });
