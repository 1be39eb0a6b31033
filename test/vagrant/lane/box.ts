import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { arch } from 'node:os';
import { dirname, join } from 'node:path';
import { showSources } from '../../../src/lab/apt/debian-sources.ts';
import type { Apt } from '../../../src/lab/apt/read-apt.ts';
import { labError } from '../../../src/lab/fail.ts';
import { cacheDir } from '../../../src/lab/rootfs/cache-dir.ts';
import { basePackages } from '../../../src/lab/rootfs/recipe.ts';
import { lastLines, must, run } from '../../../src/lab/run.ts';
import { aptForNodes } from './apt.ts';

export interface BoxOptions {
  readonly folder: string;
  readonly suite: string;
  readonly nicNames: string;
  readonly apt: Apt;
}

/** Kernel and loader, and what playbooks would install: an installation takes minutes under emulation. One is left to install. */
const machinePackages: readonly string[] = [
  ...['linux-image-cloud-amd64', 'initramfs-tools', 'zstd', 'busybox-static', 'grub2-common', 'grub-pc-bin', 'pciutils'],
  ...['chrony', 'conntrack', 'iptables', 'socat', 'tuned', 'irqbalance', 'containerd', 'containernetworking-plugins', 'runc'],
];

/** In MiB. A container runtime and its images fit. */
const diskSize = 8192;

/** The box of a release, from the cache or built from the package archive (one to two minutes, 600 MB). Answers its file. */
export async function buildBox(name: string, { folder, suite, nicNames, apt }: BoxOptions): Promise<string> {
  const sources = showSources(apt.sources(suite));
  const node = aptForNodes(apt, suite);
  const packages = [...new Set([...basePackages, ...machinePackages])].toSorted();
  const scripts = ['account.sh', 'machine.sh', 'disk.sh'].map((file) => join(folder, 'nodes', file));
  const texts = await Promise.all(scripts.map((file) => readFile(file, 'utf8')));
  const hosts = `127.0.0.1\tlocalhost\n127.0.1.1\tdebian\n${[...node.hosts].map(([host, address]) => `${address}\t${host}\n`).join('')}`;
  const key = createHash('sha256').update(JSON.stringify([texts, suite, nicNames, arch(), packages, sources, node.sources, node.conf, hosts, diskSize])).digest('hex').slice(0, 12);
  const box = join(cacheDir(), 'vagrant', `${name}-${key}.box`);
  if (existsSync(box)) {
    await utimes(box, new Date(), new Date());
    return box;
  }
  await mkdir(dirname(box), { recursive: true, mode: 0o755 });
  const work = await mkdtemp(`${box}.part`);
  try {
    const root = join(work, 'root');
    const overlay = join(work, 'overlay');
    const put = async (path: string, text: string | Uint8Array): Promise<void> => {
      await mkdir(dirname(join(overlay, path)), { recursive: true, mode: 0o755 });
      await writeFile(join(overlay, path), text);
    };
    // A small initial memory disk: what a machine boots from is known.
    await put('etc/initramfs-tools/conf.d/machine', 'MODULES=list\n');
    await put('etc/initramfs-tools/modules', 'virtio_pci\nvirtio_blk\nvirtio_net\next4\n');
    await writeFile(join(work, 'sources'), sources);
    await installRoot({ root, overlay, suite, apt, packages, sources: join(work, 'sources') });
    await rm(join(root, 'etc/apt/sources.list'), { force: true });
    await put('etc/apt/sources.list.d/debian.sources', node.sources);
    await put('etc/apt/apt.conf.d/90lab', node.conf);
    await put('etc/hosts', hosts);
    for (const path of node.keyrings) await put(path, await readFile(path));
    await cp(overlay, root, { recursive: true });
    const [account = '', machine = '', disk = ''] = scripts;
    await must('give the box its login', ['sh', account, root]);
    await must('make a machine of the root', ['sh', machine, root, nicNames]);
    await must('pack the box', ['sh', disk, root, box, String(diskSize)]);
    await forgetOld(dirname(box));
    return box;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function installRoot({ root, overlay, suite, apt, packages, sources }: { root: string; overlay: string; suite: string; apt: Apt; packages: readonly string[]; sources: string }): Promise<void> {
  const { code, stderr } = await run([
    ...['unshare', '--mount', '--propagation', 'private', 'mmdebstrap', '--quiet', '--mode=root', '--variant=minbase', `--include=${packages.join(',')}`],
    // The lists stay, so that the first install on a node need not fetch them again.
    ...['--skip=cleanup/apt/lists', `--setup-hook=cp -R ${overlay}/. "$1"`],
    ...apt.conf.map((line) => `--aptopt=${line}`),
    ...Object.entries(apt.proxies).map(([scheme, url]) => `--aptopt=Acquire::${scheme}::Proxy "${url}"`),
    ...[suite, root, sources],
  ]);
  if (code !== 0) throw labError(`cannot install the ${suite} box`, { detail: lastLines(stderr, 12), hint: `mmdebstrap reads the machine's own Debian source: see whether "apt-get update" works here, and whether it has ${suite}.` });
}

/** Boxes that nothing has asked for in a week are 600 MB each. */
async function forgetOld(dir: string): Promise<void> {
  for (const name of (await readdir(dir)).filter((one) => one.endsWith('.box'))) {
    const { mtimeMs } = await stat(join(dir, name));
    if (Date.now() - mtimeMs > 7 * 24 * 3_600_000) await rm(join(dir, name), { force: true });
  }
}
