import { existsSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Reach } from '../../contract/connection.ts';
import { readConfig, type SshConfig } from './read-config.ts';

/** Where a host is and how to get in: what was asked for, then ssh_config, then the defaults. */
export interface Target {
  /** As the inventory names it. */
  readonly host: string;
  /** As ssh_config knows it: what a user would type after `ssh`. */
  readonly alias: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** Keys that were named, then the usual ones that exist. */
  readonly keys: readonly { readonly file: string; readonly named: boolean }[];
  readonly certificates: readonly string[];
  /** Socket of the agent. */
  readonly agent: string | undefined;
  readonly password: string | undefined;
  readonly passphrase: string | undefined;
  readonly proxyJump: string | undefined;
  readonly proxyCommand: string | undefined;
  /** The name its keys go by in known_hosts. */
  readonly keyName: string;
  /** The first is the one new keys are written to. */
  readonly knownHosts: readonly string[];
  readonly pinned: readonly string[];
  /** ssh_config itself says that new keys are fine. */
  readonly acceptsNew: boolean;
  /** ssh_config to give to ssh; `none`: none. */
  readonly config: string | undefined;
  /** In ms. */
  readonly connectTimeout: number;
}

const usualKeys = ['id_ed25519', 'id_ecdsa', 'id_rsa'];
const usualTimeout = 15_000;

export async function targetOf(reach: Reach): Promise<Target> {
  const alias = reach.address ?? reach.host;
  const config = await readConfig(alias, reach);
  const user = reach.user ?? config.user ?? userInfo().username;
  const address = config.hostName ?? alias;
  const port = reach.port ?? config.port ?? 22;
  const expand = tokens({ h: address, p: String(port), r: user, n: alias, u: userInfo().username, d: homedir(), '%': '%' });
  const path = (name: string): string => (name.startsWith('~/') ? join(homedir(), name.slice(2)) : expand(name));
  return {
    host: reach.host,
    alias,
    address,
    port,
    user,
    keys: keysOf(reach, config, path),
    certificates: config.certificateFiles.map(path),
    agent: agentOf(config, path),
    password: reach.password,
    passphrase: reach.passphrase,
    proxyJump: unlessNone(reach.proxyJump ?? (reach.proxyCommand === undefined ? config.proxyJump : undefined)),
    proxyCommand: map(unlessNone(reach.proxyCommand ?? (reach.proxyJump === undefined ? config.proxyCommand : undefined)), expand),
    keyName: config.hostKeyAlias ?? (port === 22 ? address : `[${address}]:${port}`),
    knownHosts: reach.knownHostsFiles ?? [...(config.userKnownHosts ?? ['~/.ssh/known_hosts', '~/.ssh/known_hosts2']), ...(config.globalKnownHosts ?? ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2'])].map(path),
    pinned: reach.hostKeys ?? [],
    acceptsNew: config.strictHostKeyChecking !== undefined && ['no', 'off', 'false', 'accept-new'].includes(config.strictHostKeyChecking),
    config: reach.sshConfig,
    connectTimeout: reach.connectTimeout ?? config.connectTimeout ?? usualTimeout,
  };
}

function keysOf(reach: Reach, config: SshConfig, path: (name: string) => string): Target['keys'] {
  if (reach.identityFiles) return reach.identityFiles.map((file) => ({ file: path(file), named: true }));
  const usual = usualKeys.map((name) => join(homedir(), '.ssh', name));
  const files = config.identityFiles.map(path);
  return [...new Set(files.length > 0 ? files : usual)].filter((file) => existsSync(file) || existsSync(`${file}.pub`)).map((file) => ({ file, named: !usual.includes(file) }));
}

function agentOf(config: SshConfig, path: (name: string) => string): string | undefined {
  const said = config.identityAgent;
  if (said === 'none') return undefined;
  if (said !== undefined && said !== 'SSH_AUTH_SOCK') return said.startsWith('$') ? process.env[said.slice(1)] : path(said);
  return process.env['SSH_AUTH_SOCK'] || undefined;
}

const unlessNone = (value: string | undefined): string | undefined => (value === 'none' ? undefined : value);
const map = <T, U>(value: T | undefined, to: (value: T) => U): U | undefined => (value === undefined ? undefined : to(value));
const tokens =
  (values: Readonly<Record<string, string>>) =>
  (text: string): string =>
    text.replaceAll(/%(.)/g, (whole, letter: string) => values[letter] ?? whole);
