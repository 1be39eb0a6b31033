import { existsSync } from 'node:fs';
import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { freezeCgroup } from './cgroup/tree.ts';
import { labError } from './fail.ts';
import { diskDir, type Lab, type LabNode } from './lab.ts';
import { locate, type Which } from './locate.ts';
import { locked } from './lock.ts';
import { awaitNode } from './node/await-node.ts';
import { startNode } from './node/start-node.ts';
import { stopNode } from './node/stop-node.ts';
import { must } from './run.ts';
import { requireLab } from './status.ts';

/** What a node keeps over a reboot: its root file system above the image, and what is bound from a real one. */
const kept = ['upper', 'data'];

/**
 * Keeps the disks of all nodes as they are now under a name; one of that name is replaced. The nodes stand still while they
 * are copied, so what is kept is what a power cut at that moment would leave. Throws `lab`.
 */
export async function snapshot(name: string, which: Which = {}): Promise<void> {
  checkName(name);
  await locked(locate(which), async () => keep(name, await requireLab(which)));
}

async function keep(name: string, lab: Lab): Promise<void> {
  const dir = snapshotDir(lab, name);
  const part = `${dir}.part`;
  await must('clear the way', ['rm', '-rf', part]);
  await standingStill(lab, () => Promise.all(lab.nodes.map((node) => copyDisk(diskDir(lab, node.name), join(part, node.name)))));
  await must('replace the snapshot', ['rm', '-rf', dir]);
  await rename(part, dir);
}

/** Puts the disks back as they were at that snapshot and boots the nodes. It can be restored again. Throws `lab`. */
export async function restore(name: string, which: Which = {}): Promise<void> {
  await locked(locate(which), async () => bringBack(name, await requireLab(which)));
}

async function bringBack(name: string, lab: Lab): Promise<void> {
  const dir = snapshotDir(lab, name);
  if (!existsSync(dir)) {
    const there = await snapshots(lab);
    throw labError(`lab "${lab.name}" has no snapshot "${name}"`, { hint: there.length > 0 ? `It has ${there.join(', ')}.` : 'Make one with "plinth lab snapshot NAME".' });
  }
  await Promise.all(
    lab.nodes.map(async (node) => {
      const disk = diskDir(lab, node.name);
      await must('clear the way', ['rm', '-rf', join(disk, 'next'), join(disk, 'last')]);
      await copyDisk(join(dir, node.name), join(disk, 'next'));
      await stopNode(lab, node.name);
      await swapDisk(disk);
      await startNode(lab, node);
      await awaitNode(lab, node);
    }),
  );
}

/** Names of the snapshots a lab has, sorted. */
export async function snapshots(which: Which = {}): Promise<string[]> {
  const lab = await requireLab(which);
  const names = await readdir(diskDir(lab, '.snapshots')).catch(() => []);
  return names.filter((name) => !name.endsWith('.part')).toSorted();
}

// No node can be called so: host names do not start with a dot.
const snapshotDir = (lab: Lab, name: string): string => join(diskDir(lab, '.snapshots'), name);

async function copyDisk(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  // --archive keeps the extended attributes and the device nodes by which an overlay knows what was removed.
  await must('copy a disk', ['cp', '--archive', '--reflink=auto', '--target-directory', to, ...kept.map((name) => join(from, name))]);
}

async function swapDisk(disk: string): Promise<void> {
  await mkdir(join(disk, 'last'));
  for (const name of kept) {
    await rename(join(disk, name), join(disk, 'last', name));
    await rename(join(disk, 'next', name), join(disk, name));
  }
  await must('remove what the snapshot replaced', ['rm', '-rf', join(disk, 'next'), join(disk, 'last')]);
}

async function standingStill(lab: Lab, work: () => Promise<unknown>): Promise<void> {
  const frozen = await Promise.all(lab.nodes.map((node) => freezeCgroup(lab.placement, node.name, true).catch(() => false)));
  const stopped = lab.nodes.filter((_, i) => !frozen[i]);
  try {
    await Promise.all(stopped.map((node) => stopNode(lab, node.name)));
    await work();
  } finally {
    await Promise.all(lab.nodes.map((node, i) => (frozen[i] ? freezeCgroup(lab.placement, node.name, false) : start(lab, node))));
  }
}

async function start(lab: Lab, node: LabNode): Promise<void> {
  await startNode(lab, node);
  await awaitNode(lab, node);
}

function checkName(name: string): void {
  if (!/^[a-z0-9][a-z0-9-]{0,40}$/.test(name)) throw labError(`"${name}" cannot be the name of a snapshot`, { hint: 'Use lower-case letters, digits and dashes.' });
}
