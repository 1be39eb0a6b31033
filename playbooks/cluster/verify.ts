import { checksOf, type Expected, type Item, smoke } from 'plinth';
import { endpointAddress } from 'plinth/cluster';
import { check, command, kubeManifest, kubeWait, probe } from 'plinth/modules';
import type { Cluster, Fleet } from './cluster.ts';

/** Every check of the cluster, its control planes and its nodes. One that fails keeps none of the others from being made. */
export function verifyCluster(fleet: Fleet, cluster: Cluster): void {
  const { groups, play } = fleet;
  const checks = checksOf(expectedOf(fleet, cluster));
  const argsOf = (item: Item) => (item.check ? { check: item.check } : { skip: item.skip });

  play('Verify the cluster', groups.controlPlane, { always: true }, ({ task, host }) => {
    for (const item of checks.cluster) task(item.name, check, argsOf(item), { runOnce: true, keepGoing: true });
    for (const item of checks.controlPlane(nodeName(host))) task(item.name, check, argsOf(item), { keepGoing: true });
    for (const item of checks.controller) task(item.name, check, argsOf(item), { runOnce: true, keepGoing: true, delegate: 'controller' });
  });
  play('Verify the nodes', members(fleet), { always: true }, ({ task }) => {
    for (const item of checks.node) task(item.name, check, argsOf(item), { keepGoing: true });
  });
}

/** A workload of two pods, asked from every node and from this machine; taken away whatever came of it. */
export function tryWorkload(fleet: Fleet, { spec }: Cluster): void {
  const { groups, play } = fleet;
  const isBalanced = spec.cilium !== false && spec.loadBalancer.pools.length > 0 && spec.loadBalancer.l2.length > 0;
  const { set, objects, workload, addresses, ...ask } = smoke({ image: spec.smokeImage ?? 'registry.k8s.io/e2e-test-images/agnhost:2.53', balanced: isBalanced });
  const tags = ['smoke'];
  const addressesOf = members(fleet).hosts.flatMap(({ vars }) => vars.nodeIp ?? []);

  const made = play('Workload to try', groups.controlPlane, { always: true }, ({ task, onDemand }) => {
    task('workload is there', kubeManifest, { set, objects: [...objects] }, { runOnce: true, tags, keepGoing: true });
    task('workload is up', kubeWait, { ...workload, timeout: 180_000 }, { runOnce: true, tags, keepGoing: true });
    return onDemand('addresses of the workload', command, { run: addresses }).output;
  });
  const at = made.any().get('stdout');

  play('The workload answers', members(fleet), { always: true }, ({ task }) => {
    const options = { tags, keepGoing: true };
    task('the workload answers at its ClusterIP', probe, { what: 'its ClusterIP answers', run: ask.clusterIp(at) }, options);
    if (addressesOf.length > 0) task('the workload answers at its NodePort, on every node', probe, { what: 'its NodePort answers on every node', run: ask.nodePort(at, addressesOf) }, options);
    else task('the workload answers at its NodePort, on every node', check, { skip: 'the inventory has no nodeIp' }, options);
    if (isBalanced) task("the workload answers at its balancer's address", probe, { what: "its balancer's address answers", run: ask.balancer(at) }, options);
    else task("the workload answers at its balancer's address", check, { skip: 'the inventory has no pools, or no announcements' }, options);
    task('the name of the workload is known', probe, { what: 'its name is known', run: ask.dns(at, spec.network.domain) }, options);
  });
  play('The workload answers elsewhere', groups.controlPlane, { always: true }, ({ task }) => {
    const options = { tags, keepGoing: true, runOnce: true };
    task('its pods reach each other across nodes', probe, { what: 'its pods reach each other', run: ask.pods }, options);
    task('a pod knows the name of the workload', probe, { what: 'a pod knows its name', run: ask.nameInPod(spec.network.domain) }, options);
    if (addressesOf.length > 0) task('the workload answers at its NodePort, from this machine', probe, { what: 'its NodePort answers', run: ask.nodePort(at, addressesOf, 'controller') }, { ...options, delegate: 'controller' });
    if (isBalanced) task("the workload answers at its balancer's address, from this machine", probe, { what: "its balancer's address answers", run: ask.balancer(at, 'controller') }, { ...options, delegate: 'controller' });
  });
  play('The workload goes', groups.controlPlane, { always: true }, ({ task }) => {
    task('workload is gone', kubeManifest, { set, objects: [...objects], state: 'absent' }, { runOnce: true, tags });
  });
}

function expectedOf(fleet: Fleet, { spec, versions }: Cluster): Expected {
  const { cilium, kubeVip, loadBalancer, hubble } = spec;
  const nodes = [...fleet.groups.controlPlane.hosts.map((host) => ({ name: nodeName(host), role: 'controlPlane' as const })), ...fleet.groups.workers.hosts.map((host) => ({ name: nodeName(host), role: 'worker' as const }))];
  return {
    kubernetes: versions.kubernetes,
    nodes,
    endpoint: { host: spec.endpoint.host, port: spec.endpoint.port, address: endpointAddress(spec) },
    kubeVip: kubeVip === false ? false : kubeVip.mode,
    cilium: cilium === false ? false : { routing: cilium.routing, ebpfMasquerade: cilium.features.ebpfMasquerade, hostRouting: cilium.features.hostRouting },
    pools: loadBalancer.pools.map(({ name }) => name),
    l2: loadBalancer.l2.length > 0,
    gatewayApi: spec.gatewayApi !== false,
    hubble: hubble === false ? false : { relay: hubble.relay },
  };
}

const nodeName = ({ name }: { readonly name: string }): string => name.toLowerCase();

const members = ({ groups }: Fleet) => ({ label: 'members', hosts: [...groups.controlPlane.hosts, ...groups.workers.hosts], arity: 'many' as const });
