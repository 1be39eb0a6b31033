import { hostname, userInfo } from 'node:os';
import type { Connection, Reach } from '../../contract/connection.ts';
import { openShell, type ShellOptions } from '../become/open-shell.ts';
import { shellConnection } from '../shell/connection.ts';
import type { Exec } from '../shell/link.ts';
import { spawnLink } from './spawn.ts';

export type LocalOptions = Partial<Pick<Reach, 'host' | 'become' | 'becomePassword'>> & ShellOptions;

/** This machine, without SSH: the same runner in a child process, as root through sudo where we are not. */
export async function localConnection(options: LocalOptions = {}): Promise<Connection> {
  const exec: Exec = async (command) => spawnLink('/bin/sh', ['-c', command]);
  const { host = hostname(), become = true, becomePassword } = options;
  const who = { host, become, user: userInfo().username, ...(becomePassword === undefined ? {} : { becomePassword }) };
  return shellConnection(host, 'local', await openShell(exec, who, options));
}
