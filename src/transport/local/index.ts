import { userInfo } from 'node:os';
import type { Connection, Reach } from '../../contract/connection.ts';
import { openShell, type ShellOptions } from '../become/open-shell.ts';
import { shellConnection } from '../shell/connection.ts';
import type { Exec } from '../shell/link.ts';
import { spawnLink } from './spawn.ts';

/** This machine, without SSH: the same runner in a child process, as root through sudo where we are not. */
export async function localConnection(reach: Pick<Reach, 'host' | 'become' | 'becomePassword'>, options: ShellOptions = {}): Promise<Connection> {
  const exec: Exec = async (command) => spawnLink('/bin/sh', ['-c', command]);
  return shellConnection(reach.host, 'local', await openShell(exec, { ...reach, user: userInfo().username }, options));
}
