import { playbook } from 'plinth';
import { fleet } from '../inventory/schema.ts';
import { clusterOf } from './cluster/cluster.ts';
import { takeAway, takePrograms } from './cluster/take-away.ts';

/** From the cluster back to prepared nodes. What prepare.ts did stays; what ran on the cluster is lost. */
export default playbook(fleet, (context) => {
  const cluster = clusterOf(context);
  context.confirm(cluster.spec.name, `This destroys the cluster ${cluster.spec.name} with everything that is kept in it`);
  takeAway(context, cluster);
  takePrograms(context, cluster);
});
