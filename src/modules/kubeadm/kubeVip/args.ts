import { z } from 'zod';
import { nicName } from '../../args/nicName.ts';
import { address, kubernetesVersion, placeFields, port } from '../args/fields.ts';

const bgp = z.strictObject({
  as: z.int().min(1).describe('Our autonomous system.'),
  routerId: z.ipv4().optional().describe("Default: the node's own address."),
  peers: z
    .array(
      z.strictObject({
        address: address().describe('The router.'),
        as: z.int().min(1).describe('Its autonomous system.'),
        multihop: z.boolean().default(false).describe('It is more than one hop away.'),
      }),
    )
    .min(1, 'must name at least one router')
    .describe('The routers.'),
});

export const kubeVipArgs = z
  .strictObject({
    state: z.enum(['present', 'absent']).default('present').describe('`absent` takes the pod and the address away.'),
    stage: z
      .enum(['beforeInit', 'afterJoin'])
      .default('afterJoin')
      .describe('`beforeInit` stands before kubeadmInit and acts only on the node that is about to initialise the cluster. `afterJoin` stands behind kubeadmInit and kubeadmJoin, and acts on members.'),
    ...placeFields,
    address: address().describe('The address that the control planes share.'),
    interface: nicName().optional().describe('The link that gets the address. Default: the one whose network holds it; lo for bgp.'),
    version: kubernetesVersion().default('v1.2.3').describe('The version of kube-vip.'),
    kubernetesVersion: kubernetesVersion().optional().describe('The version of Kubernetes, for what does not go together.'),
    image: z.string().regex(/^\S+$/, 'must be the name of an image').optional().describe('Default: ghcr.io/kube-vip/kube-vip at that version.'),
    mode: z.enum(['arp', 'bgp']).default('arp').describe('`arp`: one node holds the address. `bgp`: every healthy one announces it.'),
    bgp: bgp.optional().describe('For mode bgp.'),
    metricsPort: port().default(2112).describe('Where it serves its metrics.'),
    env: z.record(z.string(), z.string()).default({}).describe('Further variables of its container, e.g. vip_leaseduration; they win over ours.'),
    override: z.record(z.string(), z.json()).default({}).describe('Merged last over the Pod, key by key; lists are replaced, null takes a key away.'),
    timeout: z.int().min(10_000, 'is in milliseconds: at least 10000').default(180_000).describe('Longest time until the address answers, in ms.'),
  })
  .refine(({ mode, bgp: routers }) => mode !== 'bgp' || routers !== undefined, { path: ['bgp'], message: 'is needed where mode is bgp' });
export type KubeVipArgs = z.output<typeof kubeVipArgs>;
