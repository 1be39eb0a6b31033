import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { labError } from './fail.ts';

const node = z.strictObject({
  name: z.string(),
  /** Counts from 1; part of its addresses. */
  index: z.int(),
  /** Inside the lab's own network. */
  ip: z.string(),
  ip6: z.string(),
  role: z.enum(['controlPlane', 'worker']),
  /** Where the machine reaches its sshd: 127.0.0.1 and a port. 0 until the lab listens. */
  address: z.string(),
  port: z.int(),
  /** Lines as in known_hosts, without the host. */
  hostKeys: z.array(z.string()),
});

/** What is known of a lab, kept as `lab.json` in its directory. */
const labSchema = z.strictObject({
  format: z.literal(1),
  name: z.string(),
  id: z.string(),
  /** Holds everything of the lab but its nodes' disks, should those be elsewhere. Absolute. */
  dir: z.string(),
  /** As the lab's own processes see it: with `memoryDisks` it is mounted for them alone. */
  disks: z.string(),
  memoryDisks: z.boolean(),
  suite: z.string(),
  rootfs: z.string(),
  user: z.string(),
  packages: z.array(z.string()),
  /** Whether sudo asks for a password. */
  sudo: z.enum(['nopasswd', 'password']),
  /** The first three bytes of the lab's addresses. */
  net: z.string(),
  /** Pid of the process that holds the lab's network; 0 until it is there. */
  holder: z.int(),
  consoles: z.array(z.string()),
  placement: z.strictObject({
    mode: z.enum(['v1', 'v2']),
    dirs: z.array(z.strictObject({ dir: z.string(), version: z.union([z.literal(1), z.literal(2)]), options: z.string() })).readonly(),
  }),
  nodes: z.array(node),
  /** Whether `up` came to its end. */
  complete: z.boolean(),
});

export type Lab = z.output<typeof labSchema>;
export type LabNode = z.output<typeof node>;

export const nodeDir = (lab: Lab, name: string): string => join(lab.dir, 'nodes', name);
/** A node's disk, as we see it. */
export const diskDir = (lab: Lab, name: string): string => join(lab.memoryDisks ? `/proc/${lab.holder}/root` : '/', lab.disks, name);
export const identityFile = (lab: Lab): string => join(lab.dir, 'id_ed25519');

export const writeLab = (lab: Lab): Promise<void> => writeFile(join(lab.dir, 'lab.json'), `${JSON.stringify(lab, null, 2)}\n`);

/** The lab kept in `dir`, or undefined where there is none, or where an interrupted `up` left half a file. */
export async function readLab(dir: string): Promise<Lab | undefined> {
  const text = await readFile(join(dir, 'lab.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return labSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The node called `name`. Throws `lab` with the names there are. */
export function findNode(lab: Lab, name: string): LabNode {
  const found = lab.nodes.find((one) => one.name === name);
  if (!found) throw labError(`lab "${lab.name}" has no node "${name}"`, { hint: `It has ${lab.nodes.map((one) => one.name).join(', ')}.` });
  return found;
}
