import { killCgroups, removeCgroups } from '../cgroup/tree.ts';
import { keeper } from '../enter-lab.ts';
import type { Lab } from '../lab.ts';

/** Pulls a node's plug. Its disk stays. */
export async function stopNode(lab: Lab, name: string): Promise<void> {
  // Keeper first, else it would take the end of its node for a halt, or boot it again.
  for (const group of [keeper(name), name]) {
    await killCgroups(lab.placement, group);
    await removeCgroups(lab.placement, group);
  }
}
