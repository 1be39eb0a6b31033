import { first } from 'plinth';
import { compatibility, type Finding } from 'plinth/cluster';
import { assert } from 'plinth/modules';
import { type Cluster, type Fleet, nodesOf } from './cluster.ts';

/** Whether the spec and the nodes go together: nothing is changed anywhere while they do not. What nobody vouches for is told. */
export function checkCluster(fleet: Fleet, { spec }: Cluster): void {
  for (const { subject, what, hint } of compatibility(spec, []).filter(({ verdict, subject: about }) => verdict === 'untested' && about !== 'control planes')) fleet.warn([`${subject}: ${what}.`, hint].filter(Boolean).join(' '));

  fleet.play('The cluster is possible', first(fleet.groups.controlPlane), { facts: true, anyErrorsFatal: true }, ({ task, factsOf }) => {
    const broken = compatibility(spec, nodesOf(fleet, factsOf).nodes).filter(({ verdict }) => verdict === 'broken');
    task('versions, networks, nodes and features go together', assert, { that: broken.length === 0 ? [{ holds: true, message: 'they go together' }] : broken.map(conditionOf) });
  });
}

const conditionOf = ({ subject, what, source, hint, node }: Finding) => ({
  holds: false,
  message: [node, `${subject}: ${what}`, source === undefined ? undefined : `(${source})`].filter(Boolean).join(' '),
  ...(hint === undefined ? {} : { hint }),
});
