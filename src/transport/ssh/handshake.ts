import type { Duplex } from 'node:stream';
import type { Client, ConnectConfig } from 'ssh2';
import { type Diagnostic, PlinthError } from '../../contract/diagnostic.ts';
import type { HostKeyPolicy } from '../target/host-key-policy.ts';
import { judgeKey } from '../target/judge-key.ts';
import { type KnownKey, knownKeys } from '../target/known-hosts.ts';
import type { Target } from '../target/target.ts';
import { Unreachable } from '../unreachable.ts';
import { algorithmsFor } from './algorithms.ts';
import { type Offers, offersOf } from './auth.ts';

/** ssh2 and the host have no algorithm in common: OpenSSH may. */
export class NoCommonAlgorithm extends PlinthError {}

/** The host took the connection and says nothing: another one may find somebody there. */
export class Silent extends Unreachable {}

/** What a handshake needs to know beforehand. */
export interface Introduction {
  readonly client: Client;
  readonly known: readonly KnownKey[];
  readonly offers: Offers;
}

export async function introduction(target: Target): Promise<Introduction> {
  const { default: ssh2 } = await import('ssh2');
  const [known, offers] = await Promise.all([knownKeys(target.knownHosts, target.keyName), offersOf(target, ssh2.utils.parseKey)]);
  if (offers.methods.length === 0) throw nothingToOffer(target, offers);
  return { client: new ssh2.Client(), known, offers };
}

/**
 * Proves who the host is, then who we are, over a stream that is already open.
 * @param patience how long the host's first word may take, in ms; then it is `Silent`.
 */
export async function handshake(target: Target, stream: Duplex, policy: HostKeyPolicy, { client, known, offers }: Introduction, patience: number): Promise<Client> {
  // A stream that broke before ssh2 listens to it would never tell.
  if (stream.destroyed) throw new Unreachable(target, 'the host hung up at once', true);
  return new Promise((resolve, reject) => {
    let refusal: Error | undefined;
    let talked = false;
    let trusted: Buffer | undefined;
    const agentNotes: string[] = [];
    const fail = (error: Error): void => {
      clearTimeout(timer);
      clearTimeout(silence);
      client.destroy();
      stream.destroy();
      reject(refusal ?? error);
    };
    // Never taken off: ssh2 tells of a reset after the end as well, and an error nobody hears ends the process.
    client.on('error', (error: Error & { level?: string }) => {
      if (error.level === 'agent') agentNotes.push(`the agent (${target.agent}): ${error.message}`);
      else fail(failure(target, error, { ...offers, notes: [...offers.notes, ...agentNotes] }));
    });
    client.once('close', () => fail(new Unreachable(target, talked ? 'the host hung up during the handshake' : 'the host hung up at once', true)));
    client.once('handshake', () => (talked = true));
    client.once('ready', () => {
      clearTimeout(timer);
      resolve(client);
    });
    const late = `timed out: no SSH handshake within ${target.connectTimeout / 1000} s`;
    const expire = (): void => fail(new Unreachable(target, late, false));
    let timer = setTimeout(expire, target.connectTimeout);
    const silence = setTimeout(() => fail(new Silent(target, late, false)), patience);
    client.connect({
      ...settings(target, known, offers),
      sock: stream,
      hostVerifier(key: Buffer, verify: (ok: boolean) => void) {
        // At a rekey the answer must come at once: ssh2 sends data under the wrong key while it waits for one.
        if (trusted) return verify(trusted.equals(key));
        // A person may be asked: their time is not the host's.
        clearTimeout(timer);
        judgeKey(target, known, key, policy).then(
          () => {
            timer = setTimeout(expire, target.connectTimeout);
            trusted = Buffer.from(key);
            verify(true);
          },
          (error: Error) => {
            refusal = error;
            verify(false);
          },
        );
      },
    });
    stream.once('data', () => clearTimeout(silence));
  });
}

const settings = (target: Target, known: readonly KnownKey[], { methods }: Offers): ConnectConfig => ({
  username: target.user,
  authHandler: [...methods],
  algorithms: algorithmsFor(target, known),
  readyTimeout: 0,
  keepaliveInterval: 10_000,
  keepaliveCountMax: 3,
});

function failure(target: Target, error: Error & { level?: string; code?: unknown }, offers: Offers): PlinthError {
  const diagnostic = (cause: Diagnostic['cause'], summary: string, hint: string, detail?: string): Diagnostic => ({ cause, host: target.host, summary, hint, ...(detail ? { detail } : {}) });
  if (/no matching/.test(error.message)) return new NoCommonAlgorithm(diagnostic('unreachable', `this host and the built-in SSH client have nothing in common (${error.message})`, 'Use the system\'s OpenSSH: --transport openssh.'));
  if (error.level === 'client-authentication' || /too many authentication failures/i.test(error.message)) {
    const tried = [...offers.methods.map(shown), ...offers.notes].join('\n');
    return new PlinthError(diagnostic('auth', `${target.user}@${target.address} was not let in`, `Try it by hand: ssh -p ${target.port} ${target.user}@${target.address}. Is the key in the user's authorized_keys?`, `tried:\n${tried}`));
  }
  return new Unreachable(target, error.message, /lost before handshake|ECONNRESET|reset|EPIPE|socket/i.test(error.message));
}

const shown = (method: Offers['methods'][number]): string => (method.type === 'publickey' && typeof method.key === 'object' && 'type' in method.key ? `key ${method.key.type} ${method.key.comment}`.trimEnd() : method.type);

const nothingToOffer = (target: Target, { notes }: Offers): PlinthError =>
  new PlinthError({
    cause: 'auth',
    host: target.host,
    summary: `there is nothing to log in with as ${target.user}@${target.address}`,
    detail: notes.join('\n'),
    hint: 'Give a key (identityFile, with passphrase where it is encrypted), a password, or start an ssh-agent.',
  });
