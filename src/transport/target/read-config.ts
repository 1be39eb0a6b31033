import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Reach } from '../../contract/connection.ts';
import { PlinthError } from '../../contract/diagnostic.ts';
import { findProgram } from './find-program.ts';
import { configLines, matching } from './parse-config.ts';

/** What ssh_config says of one host: only what we use. */
export interface SshConfig {
  readonly hostName?: string;
  readonly user?: string;
  readonly port?: number;
  readonly identityFiles: readonly string[];
  readonly certificateFiles: readonly string[];
  readonly identityAgent?: string;
  readonly proxyJump?: string;
  readonly proxyCommand?: string;
  readonly hostKeyAlias?: string;
  readonly userKnownHosts?: readonly string[];
  readonly globalKnownHosts?: readonly string[];
  readonly strictHostKeyChecking?: string;
  /** In ms. */
  readonly connectTimeout?: number;
  /** The configuration asks other programs (`Match exec`): only ssh itself follows it wholly. */
  readonly matchExec: boolean;
}

const usualFiles = [join(homedir(), '.ssh', 'config'), '/etc/ssh/ssh_config'];
const silent: SshConfig = { identityFiles: [], certificateFiles: [], matchExec: false };

/** Of one process: the same host is asked for again after a reboot, and as a jump host. */
const asked = new Map<string, Promise<SshConfig>>();

/** Asks `ssh -G`, which costs a process; not where no file says anything of interest. Without OpenSSH a small parser does. */
export function readConfig(alias: string, reach: Pick<Reach, 'host' | 'sshConfig' | 'user' | 'port'>): Promise<SshConfig> {
  if (reach.sshConfig === 'none') return Promise.resolve(silent);
  const key = JSON.stringify([alias, reach.sshConfig, reach.user, reach.port]);
  const known = asked.get(key) ?? ask(alias, reach);
  asked.set(key, known);
  return known;
}

async function ask(alias: string, { host, sshConfig, user, port }: Parameters<typeof readConfig>[1]): Promise<SshConfig> {
  if (sshConfig !== undefined && (await readFile(sshConfig).catch(() => undefined)) === undefined) {
    throw new PlinthError({ cause: 'inventory', host, summary: `the ssh_config ${sshConfig} cannot be read`, hint: 'Give another one, or `none`.' });
  }
  const lines = (await Promise.all((sshConfig === undefined ? usualFiles : [sshConfig]).map((file) => configLines(file)))).flat();
  const interesting = lines.some(({ keyword }) => keyword in meanings || keyword === 'match');
  if (!interesting) return silent;
  const matchExec = lines.some(({ keyword, value }) => keyword === 'match' && /(^|[\s!])exec\s/i.test(value));
  if (!findProgram('ssh')) return { ...understood(matching(lines, alias)), matchExec };
  const args = ['-G', ...(sshConfig === undefined ? [] : ['-F', sshConfig]), ...(user === undefined ? [] : ['-l', user]), ...(port === undefined ? [] : ['-p', String(port)]), '--', alias];
  const { stdout } = await promisify(execFile)('ssh', args).catch((error: unknown) => {
    throw new PlinthError({ cause: 'inventory', host, summary: `ssh does not understand its configuration for ${alias}`, detail: error instanceof Error ? error.message : String(error), hint: 'Mend ssh_config, or set `config: none` for this host.' });
  });
  return { ...understood(stdout.split('\n').map(splitLine)), matchExec };
}

const splitLine = (line: string): { keyword: string; value: string } => {
  const gap = line.indexOf(' ');
  return { keyword: line.slice(0, gap).toLowerCase(), value: line.slice(gap + 1).trim() };
};

/** ssh_config's keywords that we follow, and how each one's value is taken. */
const meanings: Readonly<Record<string, (value: string, so: SshConfig) => Partial<SshConfig>>> = {
  hostname: (value) => ({ hostName: value }),
  user: (value) => ({ user: value }),
  port: (value) => ({ port: Number(value) }),
  identityfile: (value, so) => ({ identityFiles: [...so.identityFiles, unquoted(value)] }),
  certificatefile: (value, so) => ({ certificateFiles: [...so.certificateFiles, unquoted(value)] }),
  identityagent: (value) => ({ identityAgent: unquoted(value) }),
  proxyjump: (value) => ({ proxyJump: value }),
  proxycommand: (value) => ({ proxyCommand: value }),
  hostkeyalias: (value) => ({ hostKeyAlias: value }),
  userknownhostsfile: (value) => ({ userKnownHosts: value.split(/\s+/).map(unquoted) }),
  globalknownhostsfile: (value) => ({ globalKnownHosts: value.split(/\s+/).map(unquoted) }),
  stricthostkeychecking: (value) => ({ strictHostKeyChecking: value }),
  connecttimeout: (value) => (/^\d+$/.test(value) ? { connectTimeout: Number(value) * 1000 } : {}),
};

const understood = (lines: readonly { readonly keyword: string; readonly value: string }[]): SshConfig => lines.reduce<SshConfig>((so, { keyword, value }) => ({ ...so, ...meanings[keyword]?.(value, so) }), silent);

const unquoted = (value: string): string => value.replace(/^"(.*)"$/, '$1');
