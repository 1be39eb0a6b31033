import { labError } from '../fail.ts';
import { parseMountinfo } from './parse-mountinfo.ts';

/**
 * Where a lab's cgroups go. On a machine whose controllers are v1 (pure or hybrid) a node gets the v1 hierarchies, since
 * the controllers are bound there; on a pure v2 machine it gets a subtree of the one hierarchy.
 */
export interface Placement {
  readonly mode: 'v1' | 'v2';
  /** One directory of the lab in every hierarchy; the first is the one its processes are found and ended by. */
  readonly dirs: readonly { readonly dir: string; readonly version: 1 | 2; readonly options: string }[];
}

/**
 * Decides by /proc/self/mountinfo. The lab stands directly below the root of what is mounted, not below our own cgroup: a
 * session's cgroup may be removed with all in it, and in v2 one that holds processes cannot hand controllers on. In a
 * container with a cgroup namespace that root is the container's, so its limits hold for the lab too.
 */
export function place(mountinfo: string, id: string): Placement {
  const mounts = parseMountinfo(mountinfo);
  const usable = mounts.filter((mount) => mount.writable);
  const v1 = usable.filter((mount) => mount.version === 1);
  const v2 = usable.filter((mount) => mount.version === 2);
  if (usable.length === 0) {
    throw labError('no cgroup file system can be written to here', {
      detail: mounts.length > 0 ? `mounted read-only: ${mounts.map((mount) => mount.dir).join(', ')}` : 'none is mounted',
      hint: 'In a container, start it with --privileged. Elsewhere mount cgroup2 on /sys/fs/cgroup.',
    });
  }
  const dirs = [...v2, ...v1].map(({ dir, version, options }) => ({ dir: `${dir}/plinth-lab.${id}`, version, options }));
  return { mode: v1.some((mount) => !mount.options.startsWith('name=')) ? 'v1' : 'v2', dirs };
}
