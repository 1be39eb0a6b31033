import type { Reach } from '../../contract/connection.ts';
import { PlinthError } from '../../contract/diagnostic.ts';
import { type Target, targetOf } from './target.ts';

/** The hosts on the way, first to last, each resolved by ssh_config like any other; the first one's own jumps come before it. */
export async function jumpsOf(reach: Reach, target: Target, depth = 0): Promise<Target[]> {
  if (target.proxyJump === undefined) return [];
  if (depth > 8) throw new PlinthError({ cause: 'inventory', host: reach.host, summary: `the jump hosts lead in a circle: ${target.proxyJump}`, hint: 'Look at proxyJump in the inventory and ProxyJump in ssh_config.' });
  const hops = await Promise.all(target.proxyJump.split(',').map((text) => hop(text.trim(), reach)));
  const [first] = hops;
  if (!first) return [];
  return [...(await jumpsOf(reach, first, depth + 1)), ...hops];
}

/** `user@host:port`, or `ssh://user@host:port`. Keys named for the host itself are offered to its jump hosts as well. */
function hop(text: string, reach: Reach): Promise<Target> {
  const [, user, bracketed, plain, port] = /^(?:ssh:\/\/)?(?:([^@]+)@)?(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?\/?$/.exec(text) ?? [];
  const address = bracketed ?? plain;
  if (address === undefined) throw new PlinthError({ cause: 'inventory', host: reach.host, summary: `not a jump host: "${text}"`, hint: 'Write user@host:port.' });
  return targetOf({
    host: reach.host,
    transport: 'ssh',
    address,
    ...(user === undefined ? {} : { user }),
    ...(port === undefined ? {} : { port: Number(port) }),
    ...(reach.identityFiles === undefined ? {} : { identityFiles: reach.identityFiles }),
    ...(reach.passphrase === undefined ? {} : { passphrase: reach.passphrase }),
    ...(reach.knownHostsFiles === undefined ? {} : { knownHostsFiles: reach.knownHostsFiles }),
    ...(reach.sshConfig === undefined ? {} : { sshConfig: reach.sshConfig }),
    ...(reach.connectTimeout === undefined ? {} : { connectTimeout: reach.connectTimeout }),
  });
}
