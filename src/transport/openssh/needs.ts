import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Reach } from '../../contract/connection.ts';
import { findProgram } from '../target/find-program.ts';
import { knownKeys } from '../target/known-hosts.ts';
import { readConfig } from '../target/read-config.ts';
import type { Target } from '../target/target.ts';

/** Why this host takes the system's OpenSSH; undefined where the built-in client will do, or there is no OpenSSH. */
export async function needsOpenssh(reach: Reach, target: Target): Promise<string | undefined> {
  const need = await why(reach, target);
  return need !== undefined && findProgram('ssh') ? need : undefined;
}

async function why(reach: Reach, target: Target): Promise<string | undefined> {
  const certificate = target.certificates[0] ?? target.keys.map(({ file }) => `${file}-cert.pub`).find((file) => existsSync(file));
  if (certificate !== undefined) return `the certificate ${certificate}`;
  for (const { file, named } of target.keys) if (named && (await isSecurityKey(file))) return `${file} lives on a security key`;
  if ((await readConfig(target.alias, reach)).matchExec) return 'ssh_config asks other programs (Match exec)';
  const authority = target.pinned.length > 0 ? undefined : (await knownKeys(target.knownHosts, target.keyName)).find(({ marker }) => marker === '@cert-authority');
  return authority && `its host key is signed by an authority (${authority.at})`;
}

/** FIDO keys: the public half says so (`sk-ssh-ed25519@openssh.com`), and the private file holds the same word. */
async function isSecurityKey(file: string): Promise<boolean> {
  const publicHalf = await readFile(`${file}.pub`, 'latin1').catch(() => '');
  if (publicHalf !== '') return publicHalf.startsWith('sk-');
  const body = await readFile(file, 'latin1').catch(() => '');
  return Buffer.from(body.split('\n').filter((line) => !line.startsWith('-')).join(''), 'base64').includes('sk-');
}
