import { first, type Group, type Host, PlinthError, rest } from 'plinth';
import { endpointAddress } from 'plinth/cluster';
import { kubeadmInit, kubeadmJoin, kubeadmToken, kubeadmTokens, kubeVip } from 'plinth/modules';
import { addressOf, type Cluster, type Fleet } from './cluster.ts';

type Member = Fleet['groups']['controlPlane']['hosts'][number];
type Vars = Member['vars'];

/** Initialises the cluster on the first control plane, unless there is one already: then this host joins it like any other. */
export function startCluster(fleet: Fleet, cluster: Cluster): void {
  controlPlane(fleet, cluster, 'First control plane', first(fleet.groups.controlPlane).hosts);
}

/** One at a time: each is a voter of etcd before the next comes. */
export function joinControlPlanes(fleet: Fleet, cluster: Cluster): void {
  const { controlPlane: planes } = fleet.groups;
  const vip = vipOf(cluster);
  controlPlane(fleet, cluster, 'Other control planes', rest(planes).hosts);
  if (!vip || planes.hosts.length < 2) return;
  // Its pod starts anew with other credentials: by now there is somebody to hold the address meanwhile.
  fleet.play('Address on the first control plane', first(planes), ({ task, host }) => {
    task('address of the cluster', kubeVip, { stage: 'afterJoin', ...placeOf(fleet, cluster, host), ...vip });
  });
}

/** All at once. */
export function joinWorkers(fleet: Fleet, cluster: Cluster): void {
  const { controlPlane: planes, workers } = fleet.groups;
  if (workers.hosts.length === 0) return;
  const credentials = fleet.play('Credentials for workers', planes, ({ onDemand }) => onDemand('mint credentials for workers', kubeadmToken, { purpose: 'worker' }).output);
  fleet.play('Workers', workers, ({ task, host }) => {
    task('join the cluster', kubeadmJoin, { role: 'worker', ...placeOf(fleet, cluster, host), ...kubeadmArgs(cluster, host), credentials: credentials.any() });
  });
}

/** What was minted for joins serves nobody any more, nor does what an interrupted run left behind. */
export function revokeCredentials(fleet: Fleet): void {
  fleet.play('No credentials are left', first(fleet.groups.controlPlane), ({ task }) => {
    task('tokens and certificates of joins are gone', kubeadmTokens, {});
  });
}

/**
 * The tasks of a control plane, the same for all of them: what is there decides whether it initialises, joins or has nothing to do.
 * Credentials are minted by another control plane when a join is about to be sent, and for that one only.
 */
function controlPlane(fleet: Fleet, cluster: Cluster, name: string, hosts: readonly Member[]): void {
  if (hosts.length === 0) return;
  const { spec } = cluster;
  const { controlPlane: planes } = fleet.groups;
  const vip = vipOf(cluster);
  const minted = new Map(hosts.map((host) => [host.name, credentialsFor(fleet, host)]));

  fleet.play(name, { label: name, hosts, arity: 'many' }, { serial: 1, anyErrorsFatal: true }, ({ task, host }) => {
    const place = placeOf(fleet, cluster, host);
    const common = kubeadmArgs(cluster, host);
    if (vip) task('address of the cluster, for the initialisation', kubeVip, { stage: 'beforeInit', ...place, ...vip });
    const { imageRepository, certSANs, featureGates } = spec.kubernetes;
    task('initialise the cluster', kubeadmInit, {
      ...place,
      ...common,
      clusterName: spec.name,
      podSubnets: spec.network.pods,
      serviceSubnets: spec.network.services,
      dnsDomain: spec.network.domain,
      certSANs,
      featureGates,
      ...(imageRepository === undefined ? {} : { imageRepository }),
    });
    const credentials = minted.get(host.name);
    if (credentials) task('join the cluster', kubeadmJoin, { role: 'controlPlane', ...place, ...common, credentials });
    const isLater = host.name === planes.hosts[0]?.name && planes.hosts.length > 1;
    if (vip && !isLater) task('address of the cluster', kubeVip, { stage: 'afterJoin', ...place, ...vip });
  });
}

/** Any other control plane can mint them: the first that is able to, does. Alone there is nobody to ask. */
function credentialsFor({ play, groups: { controlPlane: planes } }: Fleet, host: Member) {
  const others: Group<Vars> = { ...planes, hosts: planes.hosts.filter(({ name }) => name !== host.name) };
  const node = { name: nodeName(host) ?? host.name, address: addressOf(host) };
  return play(`Credentials for ${host.name}`, others, ({ onDemand }) => onDemand(`mint credentials for ${host.name}`, kubeadmToken, { purpose: 'controlPlane', for: [node] }).output).any();
}

/** Where a node stands in the cluster. */
function placeOf({ groups: { controlPlane: planes } }: Fleet, { spec }: Cluster, host: Member) {
  const { host: name, address, port } = spec.endpoint;
  const called = nodeName(host);
  return {
    endpoint: { host: name, port, ...(address === undefined ? {} : { address }) },
    nodeIp: addressOf(host),
    peers: planes.hosts.filter((one) => one.name !== host.name).map(addressOf),
    first: planes.hosts[0]?.name === host.name,
    ...(called === undefined ? {} : { nodeName: called }),
  };
}

/** What kubeadm is told of every node. */
function kubeadmArgs({ spec: { kubernetes, schedulable } }: Cluster, { vars }: Member) {
  const { version, ignorePreflightErrors, override } = kubernetes;
  return { version, ignorePreflightErrors, override, ...(schedulable || vars.node.taints.length > 0 ? { taints: vars.node.taints } : {}) };
}

/** What kube-vip is told; undefined where something else holds the endpoint. */
function vipOf({ spec, versions }: Cluster) {
  if (spec.kubeVip === false) return undefined;
  const address = endpointAddress(spec);
  if (address === undefined) throw new PlinthError({ cause: 'inventory', summary: `kube-vip is to hold ${spec.endpoint.host}, and its address is not known`, hint: 'Give endpoint.address beside endpoint.host, or kubeVip: false.' });
  const { interface: link, image, bgp, ...settings } = spec.kubeVip;
  return {
    ...settings,
    address,
    kubernetesVersion: versions.kubernetes,
    ...(link === undefined ? {} : { interface: link }),
    ...(image === undefined ? {} : { image }),
    ...(bgp === undefined ? {} : { bgp }),
  };
}

/** The name of the Node object: what prepare.ts calls the host, unless it was told not to. */
const nodeName = ({ name, vars }: Host<Vars>): string | undefined => (vars.setHostname ? name.toLowerCase() : undefined);
