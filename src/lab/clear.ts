import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseMountinfo } from './cgroup/parse-mountinfo.ts';
import type { Placement } from './cgroup/place.ts';
import { killCgroups, removeCgroups } from './cgroup/tree.ts';
import { removeEmptyAbove, systemDisks } from './disks.ts';
import { labError } from './fail.ts';
import type { Place } from './locate.ts';
import { lastLines, run } from './run.ts';

/**
 * Ends what there is of a lab and removes all it had. Works from its marks on the machine, not from its records: whatever
 * an interrupted `up` left is found, and where there is nothing it does nothing. Answers whether there was anything.
 */
export async function clear({ dir, id }: Place): Promise<boolean> {
  const placement = await findCgroups(id);
  await clearCgroups(placement);
  const was = placement.dirs.length > 0 || existsSync(join(dir, 'lab.json'));
  for (const path of [dir, systemDisks(id)]) {
    if (!existsSync(path)) continue;
    await refuseMounts(path);
    if (path === dir && !(await isOurs(dir))) throw labError(`${dir} is not a lab's directory`, { hint: 'It holds files that no lab wrote, so it is left as it is.' });
    await removeFiles(path);
  }
  if (dir.includes('/.plinth/lab/')) await removeEmptyAbove(dir, 2);
  await removeEmptyAbove(systemDisks(id), 1);
  return was;
}

// A process that an interrupted `up` had only just started may join after we looked; it cannot once the cgroup is gone.
async function clearCgroups(placement: Placement): Promise<void> {
  for (let tries = 1; ; tries++) {
    await killCgroups(placement);
    const left = await removeCgroups(placement);
    if (left === undefined) return;
    if (tries === 20) throw labError(`cannot remove the cgroup ${left}`, { hint: 'See who is in it: cat cgroup.procs there and below.' });
  }
}

async function removeFiles(path: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    const { code, stderr } = await run(['rm', '-rf', '--one-file-system', path]);
    if (code === 0) return;
    if (tries === 5) throw labError(`cannot remove ${path}`, { detail: lastLines(stderr, 5) });
    await sleep(50);
  }
}

/** The lab's cgroups that exist, in every hierarchy that is mounted. */
async function findCgroups(id: string): Promise<Placement> {
  const mounts = parseMountinfo(await readFile('/proc/self/mountinfo', 'utf8'));
  const dirs = mounts.map(({ dir, version, options }) => ({ dir: `${dir}/plinth-lab.${id}`, version, options })).filter(({ dir }) => existsSync(dir));
  return { mode: 'v2', dirs };
}

// A lab mounts nothing in the machine's own namespace; what someone else mounted below its directory is not ours to empty.
async function refuseMounts(path: string): Promise<void> {
  const mounts = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n').map((line) => line.split(' ')[4] ?? '');
  const inside = mounts.filter((dir) => dir.startsWith(`${path}/`));
  if (inside.length > 0) throw labError(`something is mounted in ${path}`, { detail: inside.join('\n'), hint: 'Unmount it, then run "plinth lab down" again.' });
}

const ours = new Set(['lab.json', 'lab.log', 'bin', 'machine', 'nodes', 'disks', 'snapshots', 'id_ed25519', 'id_ed25519.pub', 'known_hosts', 'ssh_config', 'inventory.yaml']);
const isOurs = async (dir: string): Promise<boolean> => (await readdir(dir)).every((name) => ours.has(name));
