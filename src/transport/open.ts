import type { Connection, Reach } from '../contract/connection.ts';
import { PlinthError } from '../contract/diagnostic.ts';
import type { ShellOptions } from './become/open-shell.ts';
import { createLimiter, type Limiter } from './limiter.ts';
import { localConnection } from './local/index.ts';
import { needsOpenssh } from './openssh/needs.ts';
import { retrying } from './retry.ts';
import { aborted } from './shell/lost.ts';
import { type HostKeyPolicy, strictHostKeys } from './target/host-key-policy.ts';
import { targetOf } from './target/target.ts';

export interface OpenOptions extends ShellOptions {
  /** What to do about unknown host keys. Default: refuse. */
  readonly hostKeys?: HostKeyPolicy;
  /** Shared by all connections of a run. */
  readonly limiter?: Limiter;
}

/**
 * A root shell on the host, by whichever transport it takes: the built-in SSH client, or the system's OpenSSH for what that
 * one cannot do. Rejects with a PlinthError: `unreachable`, `auth`, `host-key`, `become`, `locked`, `aborted`.
 */
export async function openConnection(reach: Reach, options: OpenOptions = {}): Promise<Connection> {
  if (options.signal?.aborted) throw aborted(reach.host);
  const { transport } = reach;
  if (transport === 'local') return localConnection({ ...reach, ...options });
  const target = await targetOf(reach);
  const given = { ...options, hostKeys: options.hostKeys ?? strictHostKeys, limiter: options.limiter ?? createLimiter() };
  const byOpenssh = async (why: string): Promise<Connection> => {
    if (transport !== 'openssh') options.note?.(`${reach.host}: goes through the system's OpenSSH: ${why}`);
    const { opensshConnection } = await import('./openssh/index.ts');
    return retrying(reach, options.signal, () => opensshConnection(reach, target, given, why));
  };
  if (transport === 'openssh') return byOpenssh('asked for');
  const need = transport === 'ssh' ? undefined : await needsOpenssh(reach, target);
  if (need !== undefined) return byOpenssh(need);
  const { sshConnection, NoCommonAlgorithm } = await import('./ssh/index.ts');
  try {
    return await retrying(reach, options.signal, () => sshConnection(reach, target, given));
  } catch (error) {
    if (options.signal?.aborted) throw aborted(reach.host);
    if (transport === 'auto' && error instanceof NoCommonAlgorithm) return byOpenssh(error.diagnostics[0]?.summary ?? 'no common algorithm');
    throw error instanceof PlinthError ? error : new PlinthError({ cause: 'internal', host: reach.host, summary: `connecting failed: ${error instanceof Error ? error.message : String(error)}` }, { cause: error });
  }
}
