import { companions } from '../../bundle/index.ts';
import { type ClusterSpec, ciliumValues, clusterSpec, versionsOf } from '../../cluster/index.ts';
import { PlinthError } from '../../contract/diagnostic.ts';
import { findInventory } from '../fleet/find-inventory.ts';
import { loadFleetAlone } from '../fleet/load-fleet.ts';
import type { Context } from '../context.ts';
import type { BundleInput } from './bundle.ts';

export interface WantedOf {
  readonly versions: Readonly<Record<string, string>>;
  readonly gatewayChannel: string | undefined;
  readonly ciliumValues: unknown;
  readonly images: readonly string[];
}

/** What the cluster of an inventory is made of. @throws PlinthError where it describes none. */
export async function wantedOf(input: BundleInput, set: Readonly<Record<string, string>>, context: Context): Promise<WantedOf> {
  const paths = await findInventory(input.list('inventory'), context);
  const { hosts } = await loadFleetAlone(paths, context);
  const spec = hosts.map(({ vars }) => specIn(vars)).find((found) => found !== undefined);
  if (!spec) throw new PlinthError({ cause: 'inventory', summary: `${paths.join(', ')} describes no cluster`, detail: 'no host has the variable cluster', hint: 'Describe it as docs/cluster.md says, or lay files out and say --from DIR.' });
  const { kubernetes, cilium, gatewayApi, kubeVip, helm } = versionsOf(spec);
  const own = { kubernetes, cilium, gatewayApi, kubeVip, helm: cilium === undefined && spec.releases.length === 0 ? undefined : helm, crictl: `${kubernetes.split('.').slice(0, 2).join('.')}.0` };
  const known = Object.fromEntries(Object.entries(own).flatMap(([name, version]) => (version === undefined ? [] : [[name, version] as const])));
  const { helm: _, ...runtime } = companions;
  return {
    versions: { ...runtime, ...known, ...set },
    gatewayChannel: spec.gatewayApi === false ? undefined : spec.gatewayApi.channel,
    ciliumValues: ciliumValues(spec, []),
    images: spec.smokeImage === undefined ? [] : [spec.smokeImage],
  };
}

function specIn(vars: unknown): ClusterSpec | undefined {
  if (typeof vars !== 'object' || vars === null || !('cluster' in vars) || vars.cluster === undefined) return undefined;
  const parsed = clusterSpec.safeParse(vars.cluster);
  if (parsed.success) return parsed.data;
  throw new PlinthError(parsed.error.issues.map((issue) => ({ cause: 'inventory' as const, summary: `cluster.${issue.path.join('.')}: ${issue.message}` })));
}
