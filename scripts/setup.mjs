// What the demo and the tests need of this machine: npm packages as the lock file says, and a few Debian packages.
// Plain JavaScript without imports from node_modules: it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Debian packages of the lab: real nodes in namespaces of this machine. */
export const labPackages = ['mmdebstrap', 'socat', 'iproute2', 'util-linux', 'openssh-client', 'sudo', 'busybox-static', 'zstd'];
/** What the tests need beyond it: an sshd to talk to, other shells to be understood by, and age's own program. */
export const testPackages = [...labPackages, 'openssh-server', 'dash', 'shellcheck', 'git', 'procps', 'age'];

/** Installs npm packages when node_modules is missing or is not what the lock file says. */
export async function installNpmPackages(say = console.log) {
  if (npmIsCurrent()) return;
  // npm would empty what the link leads to, which others may be using.
  if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) throw new Error('node_modules is a link, and what it leads to is not what package-lock.json says. Take the link away, or bring it up to date there.');
  say('npm packages: installing as package-lock.json says');
  // No install scripts: ssh2's optional native parts and esbuild's own check are not needed.
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
}

function npmIsCurrent() {
  const wanted = packagesOf('package-lock.json');
  const found = packagesOf('node_modules/.package-lock.json');
  if (!wanted || !found) return false;
  const here = (path) => existsSync(join(root, path, 'package.json'));
  return (
    Object.entries(wanted).every(([path, { version, optional, peer }]) => path === '' || (found[path] === undefined && (optional || peer)) || (found[path]?.version === version && here(path))) &&
    Object.keys(found).every((path) => path in wanted)
  );
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(join(root, lockFile), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * Says which of these Debian packages are missing and installs them as root, without starting any service of theirs.
 * Throws an Error that tells people what to do where it cannot.
 */
export async function installDebianPackages(names, why, say = console.log) {
  const missing = names.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  const command = `apt-get install --no-install-recommends ${missing.join(' ')}`;
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) throw new Error(`${why} needs ${missing.join(', ')} (Debian's names). There is no apt-get here: install them by hand.`);
  if (process.getuid?.() !== 0) throw new Error(`${why} needs Debian packages that are missing. As root: ${command}`);
  say(`Debian packages for ${why}: installing ${missing.join(' ')}`);
  await withoutStartingServices(async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const install = ['-q', '-y', '-o', 'DPkg::Lock::Timeout=120', 'install', '--no-install-recommends', ...missing];
    await run('apt-get', ['-q', 'update'], { env, quiet: true });
    await run('apt-get', install, { env, quiet: true });
  });
}

const isInstalled = (name) => spawnSync('dpkg-query', ['-W', '-f=${db:Status-Status}', name], { encoding: 'utf8' }).stdout?.startsWith('installed') ?? false;

/** Debian asks policy-rc.d before a package starts its service; 101 means no. */
async function withoutStartingServices(work) {
  const policy = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(policy);
  if (ours) {
    writeFileSync(policy, '#!/bin/sh\nexit 101\n');
    chmodSync(policy, 0o755);
  }
  try {
    await work();
  } finally {
    if (ours) rmSync(policy, { force: true });
  }
}

/**
 * Runs a program in the repository and resolves when it succeeds. With `quiet`, its output is kept and is part of the
 * error instead of the screen. `onChild` is given the process, for whoever may have to end it.
 */
export function run(command, args, { env = process.env, quiet = false, cwd = root, onChild } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'] });
    onChild?.(child);
    let output = '';
    for (const stream of quiet ? [child.stdout, child.stderr] : []) stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(Object.assign(new Error(`${command} ${args.join(' ')} ended with ${signal ?? code}\n${output}`.trimEnd()), { code, output }));
    });
  });
}
