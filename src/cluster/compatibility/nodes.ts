import { fleetAdvice } from '../../advise/fleet.ts';
import type { Row } from '../../advise/row.ts';
import { adviceOf, itemOf } from '../cilium/advice.ts';
import { broken, type Finding, ok, untested } from '../finding.ts';
import type { ClusterNode } from '../node.ts';
import type { ClusterSpec } from '../spec/index.ts';
import { bare, isAtLeast } from '../versions.ts';
import { meetsPattern } from './pattern.ts';

/** What the nodes are, against what the spec wants of them. */
export function nodeFindings(spec: ClusterSpec, nodes: readonly ClusterNode[]): Finding[] {
  const rows = adviceOf(spec, nodes);
  return [...controlPlanes(nodes), ...nodes.flatMap((node) => [...cgroups(spec, node), ...addressOf(node)]), ...ofFeatures(spec, rows), ...announcers(spec, nodes), ...clones(nodes)];
}

function controlPlanes(nodes: readonly ClusterNode[]): Finding[] {
  const count = nodes.filter(({ role }) => role === 'controlPlane').length;
  const subject = 'control planes';
  if (count === 0) return [broken(subject, 'the group controlPlane is empty', { hint: 'Put one host or three into it.' })];
  if (count % 2 === 0) return [untested(subject, `${count} of them bear the loss of no more than ${count - 1} would`, { source: 'etcd, FAQ on failure tolerance', hint: 'Have one, three or five.' })];
  return [ok(subject, String(count))];
}

/** Kubernetes documentation, architecture/cgroups: the kubelet refuses version 1 from 1.35 on, unless it is told not to. */
function cgroups({ kubernetes }: ClusterSpec, { name, facts }: ClusterNode): Finding[] {
  if (facts.cgroup === 'v2' || !isAtLeast(bare(kubernetes.version), '1.35.0') || kubernetes.override.kubelet.failCgroupV1 === false) return [];
  return [broken('cgroups', `${name} has cgroups of version 1 (${facts.cgroup}), and the kubelet of ${kubernetes.version} refuses to run on them`, { node: name, source: 'KEP-5573', hint: 'Boot with systemd.unified_cgroup_hierarchy=1, or set kubernetes.override.kubelet.failCgroupV1: false for as long as that is possible.' })];
}

function addressOf({ name, address, facts }: ClusterNode): Finding[] {
  if (address === undefined) return [broken('nodeIp', `${name} has none`, { node: name, hint: "Set nodeIp to the node's address among the others: left to itself the kubelet may take the endpoint for its own." })];
  const known = facts.nics.flatMap((nic) => nic.addresses.map((one) => one.split('/')[0] ?? ''));
  return known.includes(address) ? [] : [broken('nodeIp', `${address} is no address of ${name}: it has ${known.join(', ') || 'none'}`, { node: name, hint: 'Set nodeIp to one of them.' })];
}

/** What is on must be possible everywhere: an agent that cannot do it does not start, or falls back without a word. */
function ofFeatures({ cilium }: ClusterSpec, rows: readonly Row[]): Finding[] {
  if (cilium === false) return [];
  const advice = fleetAdvice(rows);
  const blocked = (item: string) => advice.find((row) => row.item === item && row.verdict === 'blocked');
  const base = blocked('kube-proxy replacement');
  const wanted = Object.entries(cilium.features).flatMap(([feature, wish]) => {
    const why = wish === 'on' ? blocked(itemOf(feature)) : undefined;
    return why ? [broken(`cilium.features.${feature}`, `it is not possible on every node: ${why.reason}`, { path: ['cilium', 'features', feature], hint: 'Say auto or off, or mend what stands in its way (plinth advise).' })] : [];
  });
  const routing = cilium.routing === 'native' ? blocked('native routing') : undefined;
  return [
    ...(base ? [broken('Cilium in the place of kube-proxy', base.reason, { hint: 'Boot a newer kernel on these nodes: plinth advise says which is needed for what.' })] : []),
    ...(routing ? [broken('cilium.routing', `native routing is not possible: ${routing.reason}`, { path: ['cilium', 'routing'], hint: 'Use a tunnel (vxlan), or set autoDirectNodeRoutes: false in values where routers know the routes.' })] : []),
    ...wanted,
  ];
}

/** A policy whose patterns meet no link of a node is silent there. */
function announcers({ loadBalancer }: ClusterSpec, nodes: readonly ClusterNode[]): Finding[] {
  return loadBalancer.l2.flatMap(({ name, interfaces }) =>
    interfaces.length === 0 || nodes.some(({ facts }) => facts.nics.some((nic) => meetsPattern(nic.name, interfaces)))
      ? []
      : [broken(`loadBalancer.l2 ${name}`, `${interfaces.join(', ')} meets no link of any node: they have ${[...new Set(nodes.flatMap(({ facts }) => facts.nics.map((nic) => nic.name)))].join(', ')}`, { path: ['loadBalancer', 'l2'], hint: 'They are regular expressions, such as ^eno.*' })],
  );
}

/** Kubernetes documentation, kubeadm: machine ids tell nodes apart. */
function clones(nodes: readonly ClusterNode[]): Finding[] {
  const withId = nodes.filter(({ facts }) => facts.machineId !== '');
  const twin = withId.find((node) => withId.some((other) => other.name !== node.name && other.facts.machineId === node.facts.machineId));
  return twin ? [broken('machine ids', `${withId.filter(({ facts }) => facts.machineId === twin.facts.machineId).map(({ name }) => name).join(' and ')} have the same one: they are copies`, { hint: 'Empty /etc/machine-id on the copies and run systemd-machine-id-setup.' })] : [];
}
