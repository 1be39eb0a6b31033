import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import type { Connection, Reach } from '../../contract/connection.ts';
import { PlinthError } from '../../contract/diagnostic.ts';
import { openShell, type ShellOptions } from '../become/open-shell.ts';
import type { Limiter } from '../limiter.ts';
import { shellConnection } from '../shell/connection.ts';
import type { HostKeyPolicy } from '../target/host-key-policy.ts';
import { jumpsOf } from '../target/jumps.ts';
import type { Target } from '../target/target.ts';
import { Unreachable } from '../unreachable.ts';
import { dial } from './dial.ts';
import { execOver } from './exec.ts';
import { handshake, introduction, Silent } from './handshake.ts';
import { nudge } from './nudge.ts';
import { proxyCommand } from './proxy-command.ts';

export interface SshOptions extends ShellOptions {
  readonly hostKeys: HostKeyPolicy;
  readonly limiter: Limiter;
}

type Handshaking = Pick<SshOptions, 'hostKeys' | 'signal'>;

/** A logged-in client, and how to end it with all that carries it. */
interface Way {
  readonly client: Client;
  end(): void;
}

/** The built-in SSH client. */
export async function sshConnection(reach: Reach, target: Target, options: SshOptions): Promise<Connection> {
  const jumps = await jumpsOf(reach, target);
  const through = jumps[0] ? `${jumps[0].address}:${jumps[0].port}` : undefined;
  const way = await options.limiter.run(through, () => arrive(target, jumps, options));
  const stop = (): void => way.end();
  options.signal?.addEventListener('abort', stop, { once: true });
  nudge(way.client);
  try {
    const booted = await openShell(execOver(reach.host, way.client), { ...reach, user: target.user }, options);
    void booted.session.ended.then(way.end);
    return shellConnection(reach.host, 'ssh', booted, async () => way.end());
  } catch (error) {
    way.end();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', stop);
  }
}

/** Goes from jump host to jump host; each one's key is checked. */
async function arrive(target: Target, jumps: readonly Target[], options: Handshaking): Promise<Way> {
  const [last] = jumps.slice(-1);
  if (last) {
    const before = await arrive(last, jumps.slice(0, -1), options);
    return over(target, options, () => forward(before.client, target), before.end);
  }
  if (target.proxyCommand !== undefined) {
    const proxied = await proxyCommand(target, target.proxyCommand);
    return over(target, options, async () => proxied.stream, proxied.end, [1]).catch(async (error: unknown) => {
      const said = error instanceof Unreachable ? await proxied.said() : '';
      throw said !== '' && error instanceof Unreachable ? new Unreachable(target, `${said} (ProxyCommand)`, error.passing) : error;
    });
  }
  return over(target, options, () => dial(target, options.signal), () => undefined);
}

/**
 * Shares of the time that a host's first word may take, each on a connection of its own: one can get lost between a listener
 * that goes and the one that comes (sshd reloads, a forwarder starts), and nobody tells. A slow host still has most of it.
 */
const twice = [1 / 5, 4 / 5];

async function over(target: Target, options: Handshaking, open: () => Promise<Duplex>, endBefore: () => void, shares: readonly number[] = twice): Promise<Way> {
  try {
    const { client, stream } = await greeted(target, options, open, shares);
    client.once('close', endBefore);
    return {
      client,
      end() {
        client.end();
        // A link that is half dead never answers the goodbye.
        setTimeout(() => {
          client.destroy();
          stream.destroy();
          endBefore();
        }, 500).unref();
      },
    };
  } catch (error) {
    endBefore();
    throw error;
  }
}

interface Greeted {
  readonly client: Client;
  readonly stream: Duplex;
}

async function greeted(target: Target, options: Handshaking, open: () => Promise<Duplex>, [share = 1, ...others]: readonly number[]): Promise<Greeted> {
  try {
    return await greet(target, options, open, target.connectTimeout * share);
  } catch (error) {
    if (!(error instanceof Silent) || others.length === 0 || options.signal?.aborted) throw error;
    return greeted(target, options, open, others);
  }
}

/** Opens a stream and shakes hands over it. Keys are read meanwhile. `patience`: for the host's first word, in ms. */
async function greet(target: Target, { hostKeys, signal }: Handshaking, open: () => Promise<Duplex>, patience: number): Promise<Greeted> {
  const [opened, introduced] = await Promise.allSettled([open(), introduction(target)]);
  if (opened.status === 'rejected') throw opened.reason;
  const stream = opened.value;
  const cut = (): void => void stream.destroy();
  if (introduced.status === 'rejected') {
    cut();
    throw introduced.reason;
  }
  signal?.addEventListener('abort', cut, { once: true });
  if (signal?.aborted) cut();
  const client = await handshake(target, stream, hostKeys, introduced.value, patience).finally(() => signal?.removeEventListener('abort', cut));
  return { client, stream };
}

const forward = (client: Client, target: Target): Promise<Duplex> =>
  new Promise((resolve, reject) => {
    client.forwardOut('127.0.0.1', 0, target.address, target.port, (error, channel) => {
      if (!error) return resolve(channel);
      reject(new PlinthError({ cause: 'unreachable', host: target.host, summary: `the jump host does not reach ${target.address}:${target.port}: ${error.message}`, hint: 'Is the address right as the jump host sees it? Does its sshd allow AllowTcpForwarding?' }));
    });
  });
