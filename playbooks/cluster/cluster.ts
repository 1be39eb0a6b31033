import { type Bundle, byFacts, type Facts, type GroupsOf, openBundle, type PlaybookContext, PlinthError } from 'plinth';
import { type ClusterNode, type ClusterSpec, type Versions, versionsOf } from 'plinth/cluster';
import type { fleet } from '../../inventory/schema.ts';

/** What a playbook over our fleet works with. */
export type Fleet = PlaybookContext<GroupsOf<typeof fleet.shared, typeof fleet.groups>>;

/** The cluster that the inventory describes. */
export interface Cluster {
  readonly spec: ClusterSpec;
  readonly versions: Versions;
  /** Undefined where everything comes from the upstream repositories. */
  readonly bundle: Bundle | undefined;
}

/** @throws PlinthError where the inventory has no cluster, or not the same one for all of its hosts. */
export function clusterOf({ groups }: Fleet): Cluster {
  const specs = new Map(groups.all.hosts.flatMap(({ name, vars }) => (vars.cluster ? [[JSON.stringify(vars.cluster), { name, spec: vars.cluster }] as const] : [])));
  const [one, other] = specs.values();
  const without = groups.all.hosts.find(({ vars }) => !vars.cluster);
  if (!one || without) throw new PlinthError({ cause: 'inventory', summary: one ? `${without?.name ?? ''} has no variable cluster, and ${one.name} has` : 'the inventory has no variable `cluster`', hint: 'Write it under `vars:` at the top of the inventory, so that it holds for all hosts: see docs/cluster.md, and inventory/example.yaml.' });
  if (other) throw new PlinthError({ cause: 'inventory', summary: `${one.name} and ${other.name} do not have the same cluster`, hint: 'Write `cluster` once, under `vars:` at the top of the inventory.' });
  const { spec } = one;
  return { spec, versions: versionsOf(spec), bundle: spec.source === 'packages' ? undefined : openBundle(spec.source.bundle) };
}

/** The nodes of the cluster as far as the run knows them, and the names of those that it does not. */
export function nodesOf({ groups }: Fleet, factsOf: (host: string) => Facts | undefined): { readonly nodes: readonly ClusterNode[]; readonly unseen: readonly string[] } {
  const members = [...groups.controlPlane.hosts.map((host) => ({ host, role: 'controlPlane' as const })), ...groups.workers.hosts.map((host) => ({ host, role: 'worker' as const }))];
  const unseen: string[] = [];
  const nodes = members.flatMap(({ host: { name, vars }, role }): ClusterNode[] => {
    const facts = factsOf(name);
    if (!facts) unseen.push(name);
    return facts ? [{ ...byFacts(name, facts), role, address: vars.nodeIp }] : [];
  });
  return { nodes, unseen };
}

/** @throws PlinthError where the inventory does not say it. */
export function addressOf({ name, vars }: Fleet['groups']['all']['hosts'][number]): string {
  if (vars.nodeIp !== undefined) return vars.nodeIp;
  throw new PlinthError({ cause: 'inventory', host: name, summary: `${name} has no nodeIp`, hint: "Give every host of the cluster its address among the others: left to itself, the kubelet may take the cluster's own for it." });
}
