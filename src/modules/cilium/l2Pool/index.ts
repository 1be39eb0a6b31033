import { defineModule, read } from '../../../contract/index.ts';
import type { Fields, Wanted } from '../../kube/objects/manifest.ts';
import { planGone, planObject } from '../../kube/objects/plan-object.ts';
import { type PoolArgs, poolArgs } from './args.ts';

// `cilium.io/v2` is served by Cilium 1.18 and newer, `v2alpha1` by all up to 1.20 at least: its upgrade notes.
const versions = ['cilium.io/v2', 'cilium.io/v2alpha1'] as const;
const kind = 'CiliumLoadBalancerIPPool';

/** In the newest version that the cluster serves. The kind is registered by Cilium's operator, which is waited for. */
export const l2Pool = defineModule({
  name: 'l2Pool',
  summary: 'Addresses that Cilium gives to services of type LoadBalancer.',

  args: poolArgs,

  observe: ({ name, kubeconfig }) => ({
    v2: read.kube({ apiVersion: versions[0], kind, name }, kubeconfig),
    v2alpha1: read.kube({ apiVersion: versions[1], kind, name }, kubeconfig),
  }),

  *plan(args, { v2, v2alpha1 }) {
    const [apiVersion, found] = !v2.served && v2alpha1.served ? [versions[1], v2alpha1] : [versions[0], v2];
    const wanted = poolOf(args, apiVersion);
    if (args.state === 'absent') yield* planGone(wanted, found, args);
    else yield* planObject(wanted, found, { ...args, force: true });
  },
});

const poolOf = ({ name, blocks, serviceSelector, allowFirstLastIPs, disabled }: PoolArgs, apiVersion: string): Wanted => ({
  apiVersion,
  kind,
  metadata: { name },
  spec: {
    blocks: blocks.map((block): Fields => (typeof block === 'string' ? { cidr: block } : { start: block.start, stop: block.stop ?? block.start })),
    ...(serviceSelector === undefined ? {} : { serviceSelector }),
    ...(allowFirstLastIPs === undefined ? {} : { allowFirstLastIPs: allowFirstLastIPs ? 'Yes' : 'No' }),
    disabled,
  },
});
