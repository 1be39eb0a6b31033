import { chmod, chown, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { release } from 'node:os';
import { dirname, join } from 'node:path';
import { quote } from '../../contract/index.ts';
import type { NodeApt } from '../apt/node-apt.ts';
import { diskDir, identityFile, type Lab, type LabNode, nodeDir } from '../lab.ts';
import { bakedUser } from '../rootfs/recipe.ts';
import { must } from '../run.ts';
import type { KernelView } from '../safety/kernel-view.ts';

export interface Seed {
  readonly apt: NodeApt;
  /** The gateway's addresses that stand for apt's mirrors, by the mirror's name. */
  readonly hosts: readonly string[];
  readonly kernel: KernelView;
  readonly sudoPassword?: string;
}

/** Real file systems below /var/lib: overlay on overlay is refused, and container runtimes and etcd want better. */
const realDirs = ['containerd', 'kubelet', 'etcd', 'rancher'];

/**
 * Writes a new node's disk: the image below, and on top the files that make it this node. Answers its host keys.
 * All before it boots, so that it can be reached with a pinned key from the first second.
 */
export async function seedNode(lab: Lab, node: LabNode, seed: Seed): Promise<string[]> {
  const disk = diskDir(lab, node.name);
  const upper = join(disk, 'upper');
  await mkdir(upper, { recursive: true });
  await chmod(upper, 0o755);
  await mkdir(join(disk, 'work'), { recursive: true });
  for (const name of realDirs) await mkdir(join(disk, 'data', name), { recursive: true });
  await symlink(lab.rootfs, join(disk, 'lower'));
  await mkdir(nodeDir(lab, node.name), { recursive: true });
  await symlink(join(lab.disks, node.name), join(nodeDir(lab, node.name), 'disk'));

  const uid = lab.user === 'root' ? 0 : lab.user === bakedUser.name ? bakedUser.uid : bakedUser.uid + 1;
  const home = lab.user === 'root' ? '/root' : `/home/${lab.user}`;
  const put = async (path: string, text: string | Uint8Array, mode = 0o644, owner = 0) => {
    const file = join(upper, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    await chmod(file, mode);
    await chown(file, owner, owner);
  };
  await put('/etc/hostname', `${node.name}\n`);
  await put('/etc/hosts', `127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n\n${[...lab.nodes.map((one) => `${one.ip}\t${one.name}`), ...seed.hosts].join('\n')}\n`);
  await put('/etc/resolv.conf', '# A lab node has no name server: names are in /etc/hosts.\n');
  await put('/etc/machine-id', `${randomBytes(16).toString('hex')}\n`, 0o444);
  await put('/etc/apt/sources.list.d/debian.sources', seed.apt.sources);
  await put('/etc/apt/apt.conf.d/90lab', seed.apt.conf);
  for (const path of seed.apt.keyrings) await put(path, await readFile(path));
  for (const [path, text] of Object.entries(seed.kernel)) await put(path, text);
  if (lab.user !== 'root') {
    await put(`/etc/sudoers.d/${lab.user}`, `${lab.user} ALL=(ALL:ALL) ${lab.sudo === 'nopasswd' ? 'NOPASSWD: ' : ''}ALL\n`, 0o440);
    await chmod(join(upper, 'etc/sudoers.d'), 0o750);
  }
  await put(`${home}/.ssh/authorized_keys`, await readFile(`${identityFile(lab)}.pub`, 'utf8'), 0o600, uid);
  await chmod(join(upper, home), 0o700);
  await chmod(join(upper, home, '.ssh'), 0o700);
  await chown(join(upper, home), uid, uid);
  await chown(join(upper, home, '.ssh'), uid, uid);

  const first = [
    `depmod ${quote(release())} 2>/dev/null`,
    ...(uid === bakedUser.uid + 1 ? [`useradd --shell /bin/bash --uid ${uid} --user-group --home-dir ${quote(home)} ${quote(lab.user)}`, `cp -n /etc/skel/.[a-z]* ${quote(home)}/`] : []),
    ...(seed.sudoPassword === undefined ? [] : [`printf '%s\\n' ${quote(`${lab.user}:${seed.sudoPassword}`)} | chpasswd`]),
  ];
  await writeFile(join(nodeDir(lab, node.name), 'first.sh'), `${first.join('\n')}\n`, { mode: 0o600 });
  return makeHostKeys(upper, node.name);
}

async function makeHostKeys(upper: string, name: string): Promise<string[]> {
  await mkdir(join(upper, 'etc/ssh'), { recursive: true });
  return Promise.all(
    ['ed25519', 'ecdsa'].map(async (type) => {
      const file = join(upper, `etc/ssh/ssh_host_${type}_key`);
      await rm(file, { force: true });
      await must('make a host key', ['ssh-keygen', '-q', '-t', type, '-N', '', '-C', `root@${name}`, '-f', file]);
      const [kind = '', key = ''] = (await readFile(`${file}.pub`, 'utf8')).split(' ');
      return `${kind} ${key}`;
    }),
  );
}
