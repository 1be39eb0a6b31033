import { playbook } from 'plinth';
import { fleet } from '../inventory/schema.ts';
import { clusterOf } from './cluster/cluster.ts';
import { tryWorkload, verifyCluster } from './cluster/verify.ts';

/**
 * Whether the nodes are the cluster that the inventory describes: `plinth verify`. Nothing is changed but for a workload of two pods, which is
 * made, asked from everywhere, and taken away; `--skip-tags smoke` leaves it out.
 */
export default playbook(fleet, (context) => {
  const cluster = clusterOf(context);
  verifyCluster(context, cluster);
  tryWorkload(context, cluster);
});
