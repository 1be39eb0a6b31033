import { mkdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from './run.ts';
import type { Place } from './locate.ts';

export interface Disks {
  readonly dir: string;
  /** They are kept in memory: no file system here can carry an overlay. */
  readonly memory: boolean;
}

/**
 * Where the nodes' disks go: beside the lab's other files if the file system there can carry an overlay (another overlay,
 * as in a container, or a network share cannot), else below /var/lib, else in memory.
 */
export async function chooseDisks({ dir, id }: Place): Promise<Disks> {
  const beside = join(dir, 'disks');
  if (await carriesOverlay(beside)) return { dir: beside, memory: false };
  const system = systemDisks(id);
  if (await carriesOverlay(system)) return { dir: system, memory: false };
  await rm(system, { recursive: true, force: true });
  return { dir: beside, memory: true };
}

/** Where a lab's disks are when they cannot be in its own directory. */
export const systemDisks = (id: string): string => `/var/lib/plinth/lab.${id}`;

/** Removes directories we may have made above `dir`, as far as they are empty. */
export async function removeEmptyAbove(dir: string, count: number): Promise<void> {
  let path = dirname(dir);
  for (let i = 0; i < count; i++, path = dirname(path)) {
    const removed = await rmdir(path).then(() => true, () => false);
    if (!removed) return;
  }
}

async function carriesOverlay(dir: string): Promise<boolean> {
  const probe = join(dir, 'probe');
  for (const name of ['lower', 'upper', 'work', 'root']) await mkdir(join(probe, name), { recursive: true });
  const tried = await run(['unshare', '--mount', '--propagation', 'private', 'sh', '-c', 'cd "$1" && mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work root && : > root/x', 'plinth-lab', probe]);
  await rm(probe, { recursive: true, force: true });
  return tried.code === 0;
}
