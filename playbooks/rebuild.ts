import { playbook } from 'plinth';
import { fleet } from '../inventory/schema.ts';
import { buildCluster } from './bootstrap.ts';
import { clusterOf } from './cluster/cluster.ts';
import { takeAway } from './cluster/take-away.ts';

/** The same cluster anew, from the same inventory: reset and bootstrap in one. Programs and images stay where they are. */
export default playbook(fleet, (context) => {
  const cluster = clusterOf(context);
  context.confirm(cluster.spec.name, `This destroys the cluster ${cluster.spec.name} with everything that is kept in it, and builds it anew`);
  takeAway(context, cluster);
  buildCluster(context, cluster);
});
