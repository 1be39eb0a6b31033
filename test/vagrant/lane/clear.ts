import { existsSync } from 'node:fs';
import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { labError } from '../../../src/lab/fail.ts';
import { place } from '../../../src/lab/cgroup/place.ts';
import { killCgroups, processesIn, removeCgroups } from '../../../src/lab/cgroup/tree.ts';
import type { World } from './world.ts';

/** Ends the world, and sees that nothing of it is left. Throws `lab` where something is. */
export async function clear(world: World, state: string): Promise<void> {
  const namespace = await namespaceOf(world.pid);
  await world.close();
  // Killed at once, but the kernel takes a moment over each.
  let left = await processesOf(namespace);
  for (let waited = 0; left.length > 0 && waited < 10_000; waited += 50) {
    await sleep(50);
    left = await processesOf(namespace);
  }
  left.push(...(await processesIn(world.placement)));
  const cgroups = world.placement.dirs.map(({ dir }) => dir).filter((dir) => existsSync(dir));
  await rm(state, { recursive: true, force: true });
  if (left.length > 0 || cgroups.length > 0) throw labError('something of the test survived it', { detail: `processes: ${left.join(', ') || 'none'}\ncgroups: ${cgroups.join(', ') || 'none'}` });
}

async function processesOf(namespace: string | undefined): Promise<number[]> {
  if (namespace === undefined) return [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map(async (pid) => ((await namespaceOf(pid)) === namespace ? [pid] : [])));
  return found.flat();
}

const namespaceOf = (pid: number): Promise<string | undefined> => readlink(`/proc/${pid}/ns/net`).catch(() => undefined);

/** By this name a run's cgroups and files are known, and that they are nobody's when the process is gone. */
export const worldName = (pid: number): string => `plinth-vagrant-${pid}`;

/** Takes away the files and empty cgroups of runs that were killed; their processes ended with them. */
export async function clearStale(): Promise<void> {
  const mountinfo = await readFile('/proc/self/mountinfo', 'utf8');
  for (const name of await readdir(tmpdir())) {
    const pid = Number(/^plinth-vagrant-(\d+)$/.exec(name)?.[1] ?? 0);
    if (pid === 0 || existsSync(`/proc/${pid}`)) continue;
    const placement = place(mountinfo, name);
    await killCgroups(placement);
    await removeCgroups(placement);
    await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}
