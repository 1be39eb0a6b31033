// npm run test:vagrant [-- --provider NAME] [--topology NAME]: machines by Vagrant, and all of Plinth tried on them (docs/vagrant.md).
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installDebianPackages, installNpmPackages, root, run } from './setup.mjs';

const common = ['vagrant', 'mmdebstrap', 'iproute2', 'util-linux', 'openssh-client', 'kmod'];
const packages = {
  docker: [...common, 'docker.io', 'containerd', 'runc'],
  libvirt: [...common, 'vagrant-libvirt', 'libvirt-daemon-system', 'libvirt-clients', 'dnsmasq-base', 'iptables', 'qemu-system-x86', 'qemu-utils', 'fdisk', 'e2fsprogs', 'cpio'],
};

const argv = process.argv.slice(2);
const given = argv.find((word) => word.startsWith('--provider='))?.slice('--provider='.length) ?? (argv.includes('--provider') ? argv[argv.indexOf('--provider') + 1] : undefined);

try {
  await installNpmPackages();
  if (process.platform !== 'linux') throw new Error('npm run test:vagrant needs Linux. Elsewhere: vagrant up, then plinth apply (docs/vagrant.md).');
  if (process.getuid?.() !== 0) throw new Error('npm run test:vagrant needs root: it makes namespaces for all it starts. With sudo, or on your own: vagrant up (docs/vagrant.md).');
  await installDebianPackages(packages[given ?? 'libvirt'] ?? common, 'npm run test:vagrant');
  if (!isBuilt()) await run(process.execPath, ['scripts/build.mjs']);
  process.exitCode = await runLane();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** The lane is TypeScript, and uses what the lab is made of: bundled for this run. */
async function runLane() {
  const { build } = await import('esbuild');
  const outfile = join(root, 'node_modules', `.plinth-vagrant-${process.pid}.mjs`);
  try {
    await build({ entryPoints: [join(root, 'test/vagrant/lane/main.ts')], outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20', packages: 'external', logLevel: 'error' });
    const { main } = await import(pathToFileURL(outfile).href);
    return await main(root, argv);
  } finally {
    rmSync(outfile, { force: true });
  }
}

/** Whether dist is younger than every source. */
function isBuilt() {
  const cli = join(root, 'dist/cli.cjs');
  if (!existsSync(cli)) return false;
  const built = statSync(cli).mtimeMs;
  return readdirSync(join(root, 'src'), { recursive: true }).every((name) => statSync(join(root, 'src', name)).mtimeMs < built);
}
