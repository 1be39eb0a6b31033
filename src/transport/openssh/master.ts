import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reach } from '../../contract/connection.ts';
import type { HostKeyPolicy } from '../target/host-key-policy.ts';
import type { Target } from '../target/target.ts';
import { sshArguments } from './arguments.ts';
import { askpassEnv } from './askpass.ts';
import { failure } from './failure.ts';

/** A logged-in ssh that others go through (ControlMaster). It is a child of ours and ends with us. */
export interface Master {
  /** Arguments for an ssh that goes through it. */
  readonly through: readonly string[];
  end(): Promise<void>;
}

export async function openMaster(reach: Reach, target: Target, policy: HostKeyPolicy, signal: AbortSignal | undefined): Promise<Master> {
  // A short name: the path of a socket holds 107 bytes.
  const dir = await mkdtemp(join(tmpdir().length < 60 ? tmpdir() : '/tmp', 'plinth-'));
  const socket = join(dir, 's');
  const args = await sshArguments(dir, reach, target, policy);
  // It reads our pipe and ends when that closes, also when we are killed: `cat` on the host is its command.
  const ssh = ['ssh', '-M', '-S', socket, '-o', 'ControlPersist=no', ...args, '--', target.alias, 'exec cat >/dev/null'];
  // The shell around it takes the directory away, whatever becomes of us.
  const child = spawn('/bin/sh', ['-c', 'dir=$1; shift; "$@"; c=$?; rm -rf "$dir"; exit $c', 'sh', dir, ...ssh], { stdio: ['pipe', 'ignore', 'pipe'], env: await askpassEnv(dir, target), detached: true });
  child.stdin?.on('error', () => undefined);
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString('utf8')).slice(-4000)));
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => ((said += error.message), resolve()));
    child.once('close', () => resolve());
  });
  const kill = (): void => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGTERM');
  };
  const clean = async (): Promise<void> => {
    child.stdin?.end();
    const timer = setTimeout(kill, 2000);
    await ended;
    clearTimeout(timer);
    await rm(dir, { recursive: true, force: true });
  };
  await listening(socket, ended, target.connectTimeout, signal);
  if (!existsSync(socket)) {
    kill();
    await clean();
    throw failure(target, said);
  }
  return { through: ['-S', socket, '-o', 'ControlMaster=no', '-o', 'LogLevel=ERROR', ...(reach.sshConfig === undefined ? [] : ['-F', reach.sshConfig]), '--', target.alias], end: clean };
}

/** The socket appears when the login is done. */
async function listening(socket: string, ended: Promise<void>, timeout: number, signal: AbortSignal | undefined): Promise<void> {
  let over = false;
  void ended.then(() => (over = true));
  // Its own ConnectTimeout comes first; this is for a login that hangs.
  const until = Date.now() + 2 * timeout + 5000;
  while (!existsSync(socket) && !over && Date.now() < until && !signal?.aborted) await new Promise((resolve) => setTimeout(resolve, 10));
}
