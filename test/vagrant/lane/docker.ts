import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Apt } from '../../../src/lab/apt/read-apt.ts';
import { labError } from '../../../src/lab/fail.ts';
import { buildRootfs } from '../../../src/lab/rootfs/build-rootfs.ts';
import { lastLines } from '../../../src/lab/run.ts';
import { kernelView } from '../../../src/lab/safety/kernel-view.ts';
import { aptForNodes } from './apt.ts';
import type { Backend } from './backend.ts';
import { inside, insideMust, type Inside, startInside } from './inside.ts';

/** Containers: no kernel of their own, and up in seconds. */
export const docker: Backend = {
  kernels: false,
  prepare: () => '',
  env: (state) => ({ DOCKER_HOST: `unix://${join(state, 'docker', 'd.sock')}` }),
  async start({ here, state, folder, machines, boxes, apt, steps }) {
    await steps.step('dockerd in a network of its own', () => startDocker(here, state));
    for (const name of new Set(machines.map(({ box }) => box))) {
      const suite = boxes[name]?.suite ?? apt.own;
      await steps.step(`image plinth/${name}`, () => importImage(name, { here, dir: state, folder, suite, apt, note: steps.note }));
    }
  },
};

async function startDocker(here: Inside, dir: string): Promise<void> {
  await mkdir(join(dir, 'docker'), { recursive: true });
  const at = (name: string): string => join(dir, 'docker', name);
  startInside(here, 'containerd', ['containerd', '--config', '/dev/null', '--root', at('containerd'), '--state', at('containerd-state'), '--address', at('c.sock')]);
  startInside(here, 'dockerd', ['dockerd', '--host', `unix://${at('d.sock')}`, '--containerd', at('c.sock'), '--data-root', at('data'), '--exec-root', at('exec'), '--pidfile', at('pid')]);
  for (let tries = 0; tries < 300; tries++) {
    if ((await inside(here, 'docker', ['docker', 'version'])).code === 0) return;
    await sleep(200);
  }
  throw labError('dockerd does not start', { detail: lastLines(await readFile(join(here.logs, 'dockerd.log'), 'utf8').catch(() => ''), 15) });
}

interface ImageOptions {
  readonly here: Inside;
  readonly dir: string;
  readonly folder: string;
  readonly suite: string;
  readonly apt: Apt;
  readonly note: (text: string) => void;
}

/** The lab's root, with the login that Vagrant expects and the first process of a container node. */
async function importImage(name: string, { here, dir, folder, suite, apt, note }: ImageOptions): Promise<void> {
  const rootfs = await buildRootfs({ suite, apt, packages: [], note, enter: [] });
  const { sources, conf, keyrings } = aptForNodes(apt, suite);
  const layer = join(dir, `layer-${name}`);
  const put = async (path: string, text: string | Uint8Array, mode = 0o644): Promise<void> => {
    await mkdir(dirname(join(layer, 'upper', path)), { recursive: true, mode: 0o755 });
    await writeFile(join(layer, 'upper', path), text);
    await chmod(join(layer, 'upper', path), mode);
  };
  await put('/usr/local/sbin/init.sh', await readFile(join(folder, 'nodes/init.sh')), 0o755);
  await put('/etc/apt/sources.list.d/debian.sources', sources);
  await put('/etc/apt/apt.conf.d/90lab', conf);
  for (const path of keyrings) await put(path, await readFile(path));
  for (const [path, text] of Object.entries(await kernelView())) await put(path, text);
  for (const path of ['root', 'work']) await mkdir(join(layer, path), { recursive: true });
  // The upper layer's own directory is the root of the image.
  await chmod(join(layer, 'upper'), 0o755);
  await insideMust(here, `make the image ${name}`, 'image', ['sh', '-euc', importing, 'image', layer, rootfs, join(folder, 'nodes/account.sh'), `plinth/${name}`]);
}

// Host keys are made when sshd first starts: nodes of one image must not share them.
const importing = `layer=$1 rootfs=$2 account=$3 name=$4
cd "$layer"
mount -t overlay overlay -o "lowerdir=$rootfs,upperdir=upper,workdir=work" root
sh "$account" "$layer/root"
chroot root depmod "$(uname -r)" 2>/dev/null || :
mkdir -p root/etc/systemd/system/ssh.service.d
printf '[Service]\\nExecStartPre=\\nExecStartPre=/usr/bin/ssh-keygen -A\\nExecStartPre=/usr/sbin/sshd -t\\n' > root/etc/systemd/system/ssh.service.d/keys.conf
tar -C root -c . | docker import --change 'CMD ["/usr/local/sbin/init.sh"]' - "$name"
umount root
`;
