import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeApt } from './apt/node-apt.ts';
import { readApt } from './apt/read-apt.ts';
import { place } from './cgroup/place.ts';
import { makeCgroups } from './cgroup/tree.ts';
import { chooseDisks } from './disks.ts';
import { clear } from './clear.ts';
import { enterCgroup, infra } from './enter-lab.ts';
import { labError } from './fail.ts';
import { giveToCaller } from './give-to-caller.ts';
import { inventoryYaml, knownHosts, sshConfig } from './inventory.ts';
import { identityFile, type Lab, readLab, writeLab } from './lab.ts';
import { locate, type Place, type Which } from './locate.ts';
import { locked } from './lock.ts';
import { answers, awaitNode } from './node/await-node.ts';
import { seedNode } from './node/seed-node.ts';
import { startNode } from './node/start-node.ts';
import { requirePrerequisites } from './prerequisites.ts';
import { buildRootfs } from './rootfs/build-rootfs.ts';
import { must } from './run.ts';
import { closeMachine } from './safety/close-machine.ts';
import { copyParameters } from './safety/copy-parameters.ts';
import { kernelView } from './safety/kernel-view.ts';
import { hold, makeConsoles, relayApt, relaySsh } from './start-infra.ts';
import { chooseNet, layOut, type Topology } from './topology.ts';
import { writeScripts } from './write-scripts.ts';

export interface UpOptions extends Which, Partial<Topology> {
  /** Debian codename, e.g. `bookworm`. Default: the machine's own. */
  readonly suite?: string;
  /** Who logs in. Default: `plinth`. */
  readonly user?: string;
  /** Makes sudo ask the user for this password. Default: it asks for none. */
  readonly sudoPassword?: string;
  /** Packages in the image beyond what Debian servers usually have. */
  readonly packages?: readonly string[];
  /** Told of steps that take long. */
  readonly note?: (message: string) => void;
}

/**
 * Boots a lab and waits until every node answers ssh. A lab that is already up with the same nodes is answered as it is;
 * what an interrupted `up` or `down` left is cleared away first. Throws `lab`.
 */
export async function up(options: UpOptions = {}): Promise<Lab> {
  requirePrerequisites();
  const here = locate(options);
  return locked(here, () => upHere(here, options));
}

async function upHere(here: Place, options: UpOptions): Promise<Lab> {
  const { note = () => {} } = options;
  const existing = await readLab(here.dir);
  if (existing?.complete && (await isUp(existing))) {
    if (fits(existing, options)) return existing;
    throw labError(`lab "${here.name}" is already up with other nodes`, {
      detail: `it has ${existing.nodes.map(({ name }) => name).join(', ')} (${existing.suite}, user ${existing.user})`,
      hint: `Run "plinth lab down --name ${here.name}" first, or give the new lab another name.`,
    });
  }
  await clear(here);
  try {
    return await build(here, options, note);
  } catch (error) {
    // What its logs had to say is in the error; what is left would only be in the way.
    await clear(here);
    throw error;
  }
}

async function build(here: Place, options: UpOptions, note: (message: string) => void): Promise<Lab> {
  const machineApt = await readApt();
  const suite = options.suite ?? machineApt.own;
  const apt = nodeApt(machineApt, suite);
  const net = chooseNet(here.id);
  const placement = place(await readFile('/proc/self/mountinfo', 'utf8'), here.id);
  await mkdir(here.dir, { recursive: true, mode: 0o755 });
  const disks = await chooseDisks(here);
  const draft: Lab = {
    ...{ format: 1, name: here.name, id: here.id, dir: here.dir, disks: disks.dir, memoryDisks: disks.memory, suite, rootfs: '', user: options.user ?? 'plinth' },
    ...{ packages: [...(options.packages ?? [])], sudo: options.sudoPassword === undefined ? 'nopasswd' : 'password', net, holder: 0, consoles: [] },
    ...{ placement, nodes: layOut({ nodes: options.nodes ?? 3, ...(options.controlPlanes === undefined ? {} : { controlPlanes: options.controlPlanes }) }, net), complete: false },
  };
  await writeLab(draft);
  await makeCgroups(placement, [infra]);
  const rootfs = await buildRootfs({ suite, apt: machineApt, packages: draft.packages, note, enter: enterCgroup(placement, infra) });
  const mirrorHosts = [...new Set(apt.relays.map(({ name }) => name))];
  const addresses = new Map(mirrorHosts.map((host, i) => [host, `${net}.${i + 2}`]));

  await writeScripts(here.dir);
  await closeMachine(draft, note);
  const [, holder] = await Promise.all([copyParameters(draft), hold(draft, [...addresses.values()]), makeKey(draft)]);
  const held: Lab = { ...draft, rootfs, holder };
  await writeLab(held);

  const kernel = await kernelView();
  const seed = {
    ...{ apt, kernel, hosts: [...addresses].map(([host, address]) => `${address}\t${host}`) },
    ...(options.sudoPassword === undefined ? {} : { sudoPassword: options.sudoPassword }),
  };
  const hostKeys = await Promise.all(held.nodes.map((node) => seedNode(held, node, seed)));
  const [ports, consoles] = await Promise.all([relaySsh(held), makeConsoles(held), relayApt(held, apt, addresses)]);
  const lab: Lab = { ...held, consoles, nodes: held.nodes.map((node, i) => ({ ...node, hostKeys: hostKeys[i] ?? [], port: ports[i] ?? 0 })) };
  await writeLab(lab);
  await Promise.all(lab.nodes.map((node) => startNode(lab, node)));
  await writeAccess(lab);
  await Promise.all(lab.nodes.map((node) => awaitNode(lab, node)));
  const complete: Lab = { ...lab, complete: true };
  await writeLab(complete);
  return complete;
}

const isUp = async (lab: Lab): Promise<boolean> => (await Promise.all(lab.nodes.map((node) => answers(lab, node)))).every(Boolean);

function fits(lab: Lab, { nodes = 3, controlPlanes = 1, suite = lab.suite, user = 'plinth', sudoPassword, packages = [] }: UpOptions): boolean {
  const wanted = layOut({ nodes, controlPlanes }, lab.net);
  const shape = (list: Lab['nodes']) => list.map(({ name, role }) => `${name} ${role}`).join();
  const sudo = sudoPassword === undefined ? 'nopasswd' : 'password';
  return shape(wanted) === shape(lab.nodes) && suite === lab.suite && user === lab.user && sudo === lab.sudo && packages.toSorted().join() === lab.packages.toSorted().join();
}

async function makeKey(lab: Lab): Promise<void> {
  await must('make a key', ['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', `plinth lab ${lab.name}`, '-f', identityFile(lab)]);
}

async function writeAccess(lab: Lab): Promise<void> {
  const known = join(lab.dir, 'known_hosts');
  await writeFile(known, knownHosts(lab));
  await writeFile(join(lab.dir, 'ssh_config'), sshConfig(lab, known));
  await writeFile(join(lab.dir, 'inventory.yaml'), inventoryYaml(lab));
  await giveToCaller([known, identityFile(lab), join(lab.dir, 'ssh_config'), join(lab.dir, 'inventory.yaml')], lab.dir);
}
