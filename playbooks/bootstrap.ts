import { playbook } from 'plinth';
import { fleet } from '../inventory/schema.ts';
import { type Cluster, clusterOf, type Fleet } from './cluster/cluster.ts';
import { finishCluster } from './cluster/finish.ts';
import { bringsRuntime, installKubernetes } from './cluster/install.ts';
import { joinControlPlanes, joinWorkers, revokeCredentials, startCluster } from './cluster/join.ts';
import { finishNetwork, installNetwork } from './cluster/network.ts';
import { checkCluster } from './cluster/sound.ts';
import { prepareNodes } from './prepare.ts';

/**
 * From bare nodes to the cluster that the inventory describes: kubeadm without kube-proxy, an address that the control planes share,
 * Cilium, pools of addresses, gateways. It may be cut off anywhere and run again; a second run changes nothing.
 */
export default playbook(fleet, (context) => buildCluster(context, clusterOf(context)));

/** The same as part of another playbook. */
export function buildCluster(context: Fleet, cluster: Cluster): void {
  checkCluster(context, cluster);
  prepareNodes(context, { containers: !bringsRuntime(cluster) });
  installKubernetes(context, cluster);
  startCluster(context, cluster);
  installNetwork(context, cluster);
  joinControlPlanes(context, cluster);
  joinWorkers(context, cluster);
  revokeCredentials(context);
  finishNetwork(context, cluster);
  finishCluster(context, cluster);
}
