import type { Lab } from './lab.ts';
import type { Placement } from './cgroup/place.ts';
import { join } from 'node:path';

const enter = 'set -e; n=$1; shift; while [ "$n" -gt 0 ]; do echo 0 > "$1/cgroup.procs"; shift; n=$((n-1)); done; exec "$@"';

/**
 * What stands before a command so that it runs in the lab's cgroup `name`: the mark by which `down` finds and ends it,
 * whatever became of its parent. The command does not start when the lab is already being taken down.
 */
export const enterCgroup = ({ dirs }: Placement, name: string): string[] => [
  ...['sh', '-c', enter, 'plinth-lab'],
  ...[String(dirs.length), ...dirs.map(({ dir }) => join(dir, name))],
];

/** The lab's own processes: holder, relays, consoles, an image being built. */
export const infra = 'infra';

/** Who keeps a node; apart from the node's own cgroup, which is the root of what the node sees. */
export const keeper = (node: string): string => `keep.${node}`;

/** Into the mount namespace of the lab, where its disks may be mounted. */
export const enterMounts = ({ holder }: Pick<Lab, 'holder'>): string[] => ['nsenter', `--mount=/proc/${holder}/ns/mnt`];
