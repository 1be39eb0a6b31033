import { type Group } from 'plinth';
import { endpointAddress } from 'plinth/cluster';
import { bundledRuntime, containerd, crictl, helm, images, kubeadmRemove, kubeadmReset, kubeconfig, kubePackages } from 'plinth/modules';
import { addressOf, type Cluster, type Fleet } from './cluster.ts';
import { bringsRuntime } from './install.ts';

type Member = Fleet['groups']['controlPlane']['hosts'][number];

/**
 * Takes the cluster off its nodes: workers first, then the control planes one by one, the first of the inventory last, so that
 * somebody is there to take the others out of etcd. With a limit, the nodes that it leaves out go on as a cluster.
 */
export function takeAway(fleet: Fleet, { spec }: Cluster): void {
  const { groups, play } = fleet;
  const address = endpointAddress(spec);
  const args = { cluster: spec.name, ...(address === undefined || spec.kubeVip === false ? {} : { address: [address] }) };
  const leaving = (host: Member) => {
    const others: Group<Member['vars']> = { ...groups.controlPlane, hosts: groups.controlPlane.hosts.filter(({ name }) => name !== host.name) };
    const node = { name: host.name.toLowerCase(), address: addressOf(host) };
    return play(`Farewell of ${host.name}`, others, ({ onDemand }) => onDemand(`take ${host.name} out of the cluster`, kubeadmRemove, { node }).output).any();
  };
  const reset = (name: string, hosts: readonly Member[], serial: boolean): void => {
    if (hosts.length === 0) return;
    const farewells = new Map(hosts.map((host) => [host.name, leaving(host)]));
    play(name, { label: name, hosts, arity: 'many' }, serial ? { serial: 1 } : {}, ({ task, host }) => {
      const leave = farewells.get(host.name);
      task('out of the cluster', kubeadmReset, { ...args, ...(leave ? { leave } : {}) });
    });
  };
  reset('Workers leave', groups.workers.hosts, false);
  reset('Control planes leave', groups.controlPlane.hosts.slice(1).toReversed(), true);
  play('The last control plane', { label: 'the last control plane', hosts: groups.controlPlane.hosts.slice(0, 1), arity: 'many' }, ({ task }) => {
    task('out of the cluster', kubeadmReset, args);
    // Its credentials are of no use any more; a cluster that is built anew has others.
    if (spec.kubeconfig !== undefined) task('kubeconfig on this machine', kubeconfig, { state: 'absent', context: spec.name, path: spec.kubeconfig }, { delegate: 'controller' });
  });
}

/** What bootstrap.ts installed for the cluster, and nothing of what prepare.ts did. */
export function takePrograms({ play, groups }: Fleet, { versions, bundle }: Cluster): void {
  play('Programs of Kubernetes', groups.all, ({ task }) => {
    const isOurs = bringsRuntime({ bundle });
    if (bundle && isOurs) task('images', images, { state: 'absent', bundle });
    task('programs of Kubernetes', kubePackages, { state: 'absent', version: versions.kubernetes, ...(bundle ? { bundle } : {}) });
    if (bundle && isOurs) {
      task('crictl finds the runtime', crictl, { state: 'absent' });
      task('container runtime is configured', containerd, { state: 'absent' });
      task('container runtime of the bundle', bundledRuntime, { state: 'absent', bundle });
    }
    task('helm', helm, { state: 'absent', ...(bundle ? { bundle } : {}) });
  });
}
