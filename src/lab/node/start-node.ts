import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { enterCgroup, enterMounts, keeper } from '../enter-lab.ts';
import { type Lab, type LabNode, nodeDir } from '../lab.ts';
import { spawnDetached } from '../spawn-detached.ts';
import { makeCgroups } from '../cgroup/tree.ts';
import { writeNodeEnv } from './node-env.ts';

/** Starts a node's keeper, which boots it; does not wait for the boot. */
export async function startNode(lab: Lab, node: LabNode): Promise<void> {
  await makeCgroups(lab.placement, [keeper(node.name), node.name]);
  await writeNodeEnv(lab, node);
  const dir = nodeDir(lab, node.name);
  for (const name of ['pid', 'state']) await rm(join(dir, name), { force: true });
  const command = [...enterCgroup(lab.placement, keeper(node.name)), ...enterMounts(lab), 'sh', join(lab.dir, 'bin/supervise.sh'), dir];
  await spawnDetached(node.name, command, { log: join(dir, 'boot.log') });
}

/** The machine's pid of the node's systemd, undefined while it is down or still being set up. */
export async function initPid(lab: Lab, node: LabNode): Promise<number | undefined> {
  const pid = Number(await readFile(join(nodeDir(lab, node.name), 'pid'), 'utf8').catch(() => ''));
  if (!(pid > 0)) return undefined;
  // The file outlives a killed keeper, and the pid may be another's by now: only a process in the node's cgroup is it.
  const cgroups = await readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => '');
  return cgroups.includes(`/plinth-lab.${lab.id}/${node.name}`) ? pid : undefined;
}

/** `running`, `halted` or why it ended, as its keeper wrote it. */
export const nodeState = async (lab: Lab, node: LabNode): Promise<string> =>
  (await readFile(join(nodeDir(lab, node.name), 'state'), 'utf8').catch(() => '')).trim();
