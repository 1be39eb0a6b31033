import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reach } from '../../src/contract/connection.ts';

/** A real sshd on the loopback, with keys and a configuration of its own. */
export interface Sshd {
  readonly port: number;
  readonly dir: string;
  /** Its public host key, as an inventory pins it. */
  readonly hostKey: string;
  readonly log: () => string;
  /** How to reach it, its host key pinned and no ssh_config read. */
  reach(user: TestUser, more?: Partial<Reach>): Reach;
  /** Reads its configuration and keys again. */
  reload(): void;
  stop(): void;
}

export async function startSshd(options: readonly string[] = []): Promise<Sshd> {
  const dir = mkdtempSync(join(tmpdir(), 'plinth-sshd-'));
  chmodSync(dir, 0o755);
  if (!existsSync('/run/sshd')) mkdirSync('/run/sshd', { mode: 0o755 });
  keygen(join(dir, 'host'));
  mkdirSync(keysDir, { recursive: true });
  const port = await freePort();
  const common = [`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${join(dir, 'host')}`, `AuthorizedKeysFile ${keysDir}/%u`, 'StrictModes no', 'PidFile none', 'UsePAM no', 'PermitRootLogin yes', 'MaxSessions 10', 'MaxStartups 100', 'LogLevel VERBOSE'];
  writeFileSync(join(dir, 'config'), `${[...options, ...common].join('\n')}\n`);
  const child = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', join(dir, 'config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString('utf8')));
  await answering(port, child);
  const hostKey = readFileSync(join(dir, 'host.pub'), 'utf8').trim();
  return {
    port,
    dir,
    hostKey,
    log: () => log,
    reach: (user, more = {}) => ({ host: 'node', transport: 'ssh', address: '127.0.0.1', port, user: user.name, identityFiles: [user.key], hostKeys: [hostKey], sshConfig: 'none', connectTimeout: 10_000, connectRetries: 2, ...more }),
    reload: () => void child.kill('SIGHUP'),
    stop() {
      child.kill('SIGTERM');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export interface TestUser {
  readonly name: string;
  readonly password: string;
  /** Private key that lets it in. */
  readonly key: string;
  readonly home: string;
  remove(): void;
}

export interface UserOptions {
  /** Lines of sudoers; `%u` is the user. */
  readonly sudoers?: readonly string[];
  readonly shell?: string;
  readonly bashrc?: string;
}

export const noPassword = ['%u ALL=(ALL:ALL) NOPASSWD: ALL'];
export const withPassword = ['%u ALL=(ALL:ALL) ALL'];

const keysDir = join(tmpdir(), `plinth-keys-${process.pid}`);
let users = 0;

/** A user of this machine for one test file; `remove` takes it away with all it had. */
export function createUser(options: UserOptions = {}): TestUser {
  const name = `pt${process.pid}x${users++}`;
  const home = mkdtempSync(join(tmpdir(), 'plinth-home-'));
  const password = `it's "${name}" \\ pw`;
  patiently(() => execFileSync('useradd', ['--no-create-home', '--home-dir', home, '--shell', options.shell ?? '/bin/bash', '--no-log-init', name], { stdio: 'pipe' }));
  patiently(() => execFileSync('chpasswd', { input: `${name}:${password}\n`, stdio: 'pipe' }));
  execFileSync('chown', [name, home]);
  mkdirSync(keysDir, { recursive: true });
  const key = join(home, 'key');
  keygen(key);
  writeFileSync(join(keysDir, name), readFileSync(`${key}.pub`));
  if (options.bashrc !== undefined) writeFileSync(join(home, '.bashrc'), options.bashrc);
  const sudoers = `/etc/sudoers.d/${name}`;
  if (options.sudoers) writeFileSync(sudoers, `${options.sudoers.join('\n').replaceAll('%u', name)}\n`, { mode: 0o440 });
  return {
    name,
    password,
    key,
    home,
    remove() {
      rmSync(sudoers, { force: true });
      patiently(() => execFileSync('userdel', ['--force', name], { stdio: 'pipe' }));
      rmSync(home, { recursive: true, force: true });
      rmSync(join(keysDir, name), { force: true });
      if (existsSync(keysDir) && readdirSync(keysDir).length === 0) rmdirSync(keysDir);
    },
  };
}

/** Root itself, by a key. */
export function rootUser(): TestUser {
  const home = mkdtempSync(join(tmpdir(), 'plinth-root-'));
  const key = join(home, 'key');
  keygen(key);
  mkdirSync(keysDir, { recursive: true });
  writeFileSync(join(keysDir, 'root'), readFileSync(`${key}.pub`));
  return { name: 'root', password: '', key, home, remove: () => [home, join(keysDir, 'root')].forEach((path) => rmSync(path, { recursive: true, force: true })) };
}

export function keygen(file: string, passphrase = '', type = 'ed25519'): void {
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-C', 'plinth-test', '-f', file], { stdio: 'pipe' });
}

/** Other test files change /etc/passwd as well, and it has one lock. */
function patiently(act: () => void): void {
  for (let left = 50; ; left--) {
    try {
      return act();
    } catch (error) {
      if (left === 0) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
}

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

async function answering(port: number, child: ChildProcess): Promise<void> {
  for (let left = 100; left > 0; left--) {
    if (child.exitCode !== null) throw new Error(`sshd ended with ${child.exitCode}`);
    const up = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => (socket.destroy(), resolve(true)));
      socket.once('error', () => resolve(false));
    });
    if (up) return;
    await sleep(50);
  }
  throw new Error('sshd does not listen');
}
