import type { Reach } from '../contract/connection.ts';
import { aborted } from './shell/lost.ts';
import { Unreachable } from './unreachable.ts';

const usualRetries = 3;

/**
 * Tries again what may be over in a moment: refused, reset, hung up before the handshake, no route while booting. A host
 * that did not answer in its time has had its chance. A login that was refused or a host key is never tried again: sshd would ban us.
 */
export async function retrying<T>(reach: Pick<Reach, 'host' | 'connectRetries'>, signal: AbortSignal | undefined, attempt: () => Promise<T>): Promise<T> {
  for (let left = reach.connectRetries ?? usualRetries, pause = 300; ; left--, pause *= 2) {
    try {
      return await attempt();
    } catch (error) {
      if (signal?.aborted) throw aborted(reach.host);
      if (left <= 0 || !(error instanceof Unreachable) || !error.passing) throw error;
    }
    await wait(pause * (0.5 + Math.random()), signal);
    if (signal?.aborted) throw aborted(reach.host);
  }
}

const wait = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
