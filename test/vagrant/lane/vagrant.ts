import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inside, insideMust, type Inside } from './inside.ts';

/** Runs Vagrant in the world, on the repository's Vagrantfile. Answers what it printed. */
export const vagrant = (here: Inside, what: string, args: readonly string[], wait = 1_800_000): Promise<string> => insideMust(here, what, `vagrant-${args[0] ?? ''}`, ['vagrant', ...args], { wait });

/** Writes down how the machines are reached, for ssh. Answers the file. */
export async function sshConfigOf(here: Inside, state: string): Promise<string> {
  const file = join(state, 'ssh_config');
  await writeFile(file, await vagrant(here, 'learn how the machines are reached', ['ssh-config']));
  return file;
}

/** Runs a command on a node as root, over Vagrant's own way in. Answers exit code and output. */
export async function onNode(here: Inside, sshConfig: string, node: string, script: string, wait = 120_000): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  return inside(here, `ssh-${node}`, ['ssh', '-F', sshConfig, '-o', 'LogLevel=ERROR', '-o', 'ConnectTimeout=20', node, `sudo -n sh -euc ${quoted(script)}`], { wait });
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
