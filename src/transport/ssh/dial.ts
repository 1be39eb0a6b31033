import { connect, type Socket } from 'node:net';
import type { Target } from '../target/target.ts';
import { Unreachable } from '../unreachable.ts';

/** Codes of connects that are worth another try: the host may be booting, or its sshd full. */
const passing = ['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE', 'EAI_AGAIN', 'EHOSTDOWN'];

const words: Readonly<Record<string, string>> = { ECONNREFUSED: 'connection refused', ECONNRESET: 'connection reset', EHOSTUNREACH: 'no route to the host', ENETUNREACH: 'the network is unreachable', ENOTFOUND: 'the name is not known', EAI_AGAIN: 'the name is not known just now', ETIMEDOUT: 'timed out' };

/** A TCP connection without Nagle's delay: ssh2 never turns it off itself, and waits 40 ms a time for it. */
export function dial(target: Pick<Target, 'host' | 'address' | 'port' | 'connectTimeout'>, signal?: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: target.address, port: target.port, noDelay: true, keepAlive: true });
    const give = (): void => void socket.destroy(new Error('given up'));
    signal?.addEventListener('abort', give, { once: true });
    socket.once('connect', () => signal?.removeEventListener('abort', give));
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Unreachable(target, `timed out after ${target.connectTimeout / 1000} s`, false));
    }, target.connectTimeout);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
    // Stays: a socket may fail again after it was given up, and nobody else listens then.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      const code = error.code ?? '';
      reject(new Unreachable(target, words[code] ?? error.message, passing.includes(code)));
    });
  });
}
