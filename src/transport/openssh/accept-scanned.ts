import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PlinthError } from '../../contract/diagnostic.ts';
import type { HostKeyPolicy } from '../target/host-key-policy.ts';
import { judgeKey } from '../target/judge-key.ts';
import { knownKeys } from '../target/known-hosts.ts';
import type { Target } from '../target/target.ts';

/**
 * ssh refused an unknown key and a person may be asked: looks what key the host shows, has it judged, and remembers it.
 * The login that follows checks it again, so a scan that was lied to gains nothing. Says whether to try again.
 */
export async function acceptScanned(target: Target, policy: HostKeyPolicy, error: unknown): Promise<boolean> {
  const unknown = error instanceof PlinthError && error.diagnostics.some(({ cause, summary }) => cause === 'host-key' && summary.includes('not known'));
  if (!unknown || policy.kind !== 'ask' || target.proxyJump !== undefined || target.proxyCommand !== undefined) return false;
  const { stdout } = await promisify(execFile)('ssh-keyscan', ['-t', 'ed25519,ecdsa,rsa', '-p', String(target.port), '--', target.address]).catch(() => ({ stdout: '' }));
  const base64 = stdout.split('\n').find((line) => line !== '' && !line.startsWith('#'))?.split(' ')[2];
  if (base64 === undefined) return false;
  await judgeKey(target, await knownKeys(target.knownHosts, target.keyName), Buffer.from(base64, 'base64'), policy);
  return true;
}
