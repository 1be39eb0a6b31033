import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { labError } from '../fail.ts';
import type { Placement } from './place.ts';

/** Makes the lab's cgroups and, below them, one for each name. On v2 the controllers are handed down to them. */
export async function makeCgroups({ dirs }: Placement, names: readonly string[]): Promise<void> {
  for (const { dir, version, options } of dirs) {
    await mkdir(dir, { recursive: true });
    if (version === 2) await handDown(dirname(dir));
    if (version === 2) await handDown(dir);
    if (options.split(',').includes('cpuset')) await inheritCpus(dir);
    for (const name of names) {
      await mkdir(join(dir, name), { recursive: true });
      if (options.split(',').includes('cpuset')) await inheritCpus(join(dir, name));
    }
  }
}

/** All processes below the lab's cgroups (or only below `name`), by the machine's pids. */
export async function processesIn({ dirs }: Placement, name = ''): Promise<number[]> {
  const lists = await Promise.all(dirs.map(({ dir }) => pidsBelow(join(dir, name))));
  return [...new Set(lists.flat())];
}

/**
 * Ends all that is below `name`, or the whole lab, and waits until nothing is left. What carries no cgroup of this lab
 * is never touched.
 */
export async function killCgroups(placement: Placement, name = ''): Promise<void> {
  for (const { dir } of placement.dirs) {
    const freeze = join(dir, name, 'cgroup.freeze');
    if (existsSync(freeze)) await writeFile(freeze, '0').catch(() => {});
  }
  for (let waited = 0; ; waited += 5) {
    for (const { dir } of placement.dirs) await writeFile(join(dir, name, 'cgroup.kill'), '1', { flag: 'r+' }).catch(() => {});
    const pids = await processesIn(placement, name);
    if (pids.length === 0) return;
    // For kernels without cgroup.kill, and for processes that are in some of the hierarchies only.
    for (const pid of pids) if (waited > 0 || !hasKill(placement)) kill(pid);
    if (waited > 20_000) {
      throw labError('processes of the lab do not end', { detail: `still there after 20 s: ${pids.join(', ')}`, hint: 'They wait in the kernel for a disk or a mount. Run "plinth lab down" again later.' });
    }
    await sleep(5);
  }
}

/**
 * Removes the lab's cgroups (or those below `name`), deepest first, waiting a moment: the kernel may hold one a little longer
 * than its last process. Answers the first that stays, which a new process must have joined.
 */
export async function removeCgroups({ dirs }: Placement, name = ''): Promise<string | undefined> {
  for (const { dir } of dirs) {
    for (let waited = 0; ; waited += 5) {
      const left = await removeBelow(join(dir, name));
      if (!left) break;
      if (waited > 500) return left;
      await sleep(5);
    }
  }
  return undefined;
}

/** Stops (or lets go on) all processes of a node at once, so that its disk can be copied. Only where cgroup2 is mounted. */
export async function freezeCgroup({ dirs }: Placement, name: string, frozen: boolean): Promise<boolean> {
  const v2 = dirs.find(({ version }) => version === 2);
  if (!v2) return false;
  const dir = join(v2.dir, name);
  await writeFile(join(dir, 'cgroup.freeze'), frozen ? '1' : '0');
  for (let waited = 0; waited < 5000; waited += 5) {
    const events = await readFile(join(dir, 'cgroup.events'), 'utf8');
    if (/^frozen (\d)/m.exec(events)?.[1] === (frozen ? '1' : '0')) return true;
    await sleep(5);
  }
  return false;
}

async function handDown(dir: string): Promise<void> {
  const controllers = await readFile(join(dir, 'cgroup.controllers'), 'utf8').catch(() => '');
  for (const name of controllers.split(/\s+/).filter(Boolean)) {
    // Refused where the parent holds processes itself (a container's root): the nodes then do without that controller.
    await writeFile(join(dir, 'cgroup.subtree_control'), `+${name}`).catch(() => {});
  }
}

async function inheritCpus(dir: string): Promise<void> {
  for (const name of ['cpuset.cpus', 'cpuset.mems']) {
    await writeFile(join(dir, name), await readFile(join(dirname(dir), name), 'utf8')).catch(() => {});
  }
}

async function pidsBelow(dir: string): Promise<number[]> {
  const procs = await readFile(join(dir, 'cgroup.procs'), 'utf8').catch(() => '');
  const below = await Promise.all((await subdirs(dir)).map(pidsBelow));
  return [...procs.split('\n').filter(Boolean).map(Number).filter((pid) => pid > 0), ...below.flat()];
}

async function removeBelow(dir: string): Promise<string | undefined> {
  for (const sub of await subdirs(dir)) {
    const left = await removeBelow(sub);
    if (left) return left;
  }
  return rmdir(dir).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? undefined : dir),
  );
}

const subdirs = async (dir: string): Promise<string[]> =>
  (await readdir(dir, { withFileTypes: true }).catch(() => [])).filter((entry) => entry.isDirectory()).map((entry) => join(dir, entry.name));

const hasKill = ({ dirs }: Placement): boolean => dirs.some(({ dir }) => existsSync(join(dir, 'cgroup.kill')));

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}
