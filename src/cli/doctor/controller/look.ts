import { execFile } from 'node:child_process';
import { access, constants, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Io } from '../../context.ts';
import type { Judged } from '../finding.ts';
import { judgeAgent } from './agent.ts';
import { judgeClock } from './clock.ts';
import { isEncrypted, judgeKeys, judgeSshDir, type KeyFile } from './keys.ts';
import { judgeKnownHosts } from './known-hosts.ts';
import { judgeLocale } from './locale.ts';
import { judgeNode } from './node.ts';
import { judgeOpenssh } from './openssh.ts';

/** What the hosts' part of the examination has to say about the controller. */
export interface FromHosts {
  /** Key files that the inventory names, and for whom. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
  readonly skews: readonly number[];
  /** Whether some host is trusted by the user's known_hosts. */
  readonly needsKnownHosts: boolean;
}

/** Looks at this machine, as far as reaching nodes depends on it. Changes nothing, needs no network. */
export async function lookAtController({ env }: Pick<Io, 'env'>, home: string, { keys: named, skews, needsKnownHosts }: FromHosts): Promise<Judged[]> {
  const dir = join(home, '.ssh');
  const knownHosts = join(dir, 'known_hosts');
  const usual = await Promise.all(['id_ed25519', 'id_ecdsa', 'id_rsa'].map((name) => keyFile(join(dir, name), [])));
  const keys = [...usual.filter(({ mode }) => mode !== undefined), ...(await Promise.all([...named].map(([path, hosts]) => keyFile(path, hosts))))];
  const [ssh, agent, time] = await Promise.all([run('ssh', ['-V'], env), run('ssh-add', ['-l'], env), run('timedatectl', ['show', '--property=NTPSynchronized', '--value'], env)]);
  const socket = env.SSH_AUTH_SOCK || undefined;
  const sshDir = judgeSshDir(dir, await modeOf(dir));
  return [
    judgeNode(process.version, new Date().toISOString().slice(0, 10)),
    judgeOpenssh(ssh === undefined ? undefined : ssh.stderr || ssh.stdout),
    judgeAgent({ socket, code: agent?.code, keys: agent?.code === 0 ? agent.stdout.trim().split('\n').length : 0, files: keys.filter(({ mode }) => mode !== undefined).length }),
    ...(sshDir ? [sshDir] : []),
    ...judgeKeys(keys),
    judgeKnownHosts({ path: knownHosts, text: await readFile(knownHosts, 'utf8').catch(() => undefined), mode: await modeOf(knownHosts) }, needsKnownHosts),
    judgeLocale(env, process.platform),
    judgeClock(time?.code === 0 ? time.stdout.trim() === 'yes' : undefined, skews),
  ];
}

async function keyFile(path: string, hosts: readonly string[]): Promise<KeyFile> {
  const readable = await access(path, constants.R_OK).then(() => true, () => false);
  return { path, mode: await modeOf(path), readable, encrypted: readable && isEncrypted(await readFile(path, 'utf8').catch(() => '')), hosts };
}

const modeOf = (path: string): Promise<number | undefined> => stat(path).then(({ mode }) => mode & 0o777, () => undefined);

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** undefined where there is no such program, or it does not end. */
const run = (program: string, args: readonly string[], env: Io['env']): Promise<Ran | undefined> =>
  new Promise((resolve) => {
    execFile(program, [...args], { env: { ...env, LC_ALL: 'C' }, timeout: 5000 }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') return resolve(undefined);
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
