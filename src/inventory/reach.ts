import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Diagnostic, Reach, Secret } from '../contract/index.ts';
import { sameAddress } from './check/address.ts';
import { parseDuration } from './layout/duration.ts';
import type { SshSettings } from './layout/ssh.ts';
import type { Merged } from './merge/merge.ts';

interface Whereabouts {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How a host is reached, by its merged settings. Relative paths start at the folder of the file that says them. */
export async function reachOf(host: string, ssh: SshSettings, merged: Merged | undefined, { cwd, env }: Whereabouts): Promise<Reach> {
  const path = (setting: string, name: string): string => {
    if (name === '~' || name.startsWith('~/')) return join(env['HOME'] ?? homedir(), name.slice(1));
    const said = merged?.children?.get(setting)?.winner.tree.at.file;
    return isAbsolute(name) ? name : resolve(cwd, said === undefined ? '.' : dirname(said), name);
  };
  const paths = (setting: 'identityFile' | 'knownHosts'): readonly string[] | undefined => list(ssh[setting])?.map((name) => path(setting, name));
  const [password, passphrase, becomePassword] = await Promise.all([clear(ssh.password), clear(ssh.passphrase), clear(ssh.becomePassword)]);
  return {
    host,
    transport: ssh.transport ?? 'auto',
    ...given('address', ssh.address),
    ...given('port', ssh.port),
    ...given('user', ssh.user),
    ...given('identityFiles', paths('identityFile')),
    ...given('password', password),
    ...given('passphrase', passphrase),
    ...given('becomePassword', becomePassword),
    ...given('become', ssh.become),
    ...given('proxyJump', ssh.proxyJump),
    ...given('proxyCommand', ssh.proxyCommand),
    ...given('hostKeys', list(ssh.hostKeys)),
    ...given('knownHostsFiles', paths('knownHosts')),
    ...given('sshConfig', ssh.config === undefined || ssh.config === 'none' ? ssh.config : path('config', ssh.config)),
    ...given('connectTimeout', ssh.connectTimeout === undefined ? undefined : parseDuration(ssh.connectTimeout)),
    ...given('connectRetries', ssh.connectRetries),
    ...given('reconnectTimeout', ssh.reconnectTimeout === undefined ? undefined : parseDuration(ssh.reconnectTimeout)),
  };
}

/** One host to whom this leads, as others would reach it: two hosts of one key are the same machine. */
export function machineOf(host: string, ssh: SshSettings): string {
  if (ssh.transport === 'local') return 'this machine';
  return [sameAddress(ssh.address ?? host), ssh.port ?? 22, ssh.proxyJump ?? '', ssh.proxyCommand ?? ''].join(' ');
}

/** Both ways through another host at once: ssh would take one of them in silence. */
export function bothProxies(merged: Merged | undefined): Diagnostic | undefined {
  const jump = merged?.children?.get('proxyJump')?.winner.tree;
  const command = merged?.children?.get('proxyCommand')?.winner.tree;
  if (!jump || !command || (jump.kind === 'leaf' && jump.value === 'none')) return undefined;
  return { cause: 'inventory', summary: `${command.at.path}: proxyCommand and proxyJump cannot both hold`, at: [command.at, jump.at], hint: 'keep one; `proxyJump: none` takes back what a weaker layer says' };
}

const given = <K extends string, V>(key: K, value: V | undefined): { readonly [key in K]?: V } => {
  if (value === undefined) return {};
  const record: { [key in K]?: V } = {};
  record[key] = value;
  return record;
};
const list = (value: string | readonly string[] | undefined): readonly string[] | undefined => (typeof value === 'string' ? [value] : value);
const clear = async (secret: Secret | undefined): Promise<string | undefined> => secret?.resolve();
