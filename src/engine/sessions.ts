import type { RunOptions } from './options.ts';
import { openSession, type Session } from './session.ts';

/** Every connection of a run: opened once when first wanted, closed together at the end. */
export interface Sessions {
  of(host: string, become: boolean): Promise<Session>;
  /** Closes what a host has, without waiting for it. */
  release(host: string): void;
  closeAll(): Promise<void>;
}

export function sessionsOf(options: Pick<RunOptions, 'connect' | 'patience' | 'signal'>): Sessions {
  const opened = new Map<string, Promise<Session>>();
  const closing: Promise<void>[] = [];
  const close = (key: string): void => {
    const session = opened.get(key);
    opened.delete(key);
    if (session) closing.push(session.then((one) => one.close()));
  };
  return {
    of(host, become) {
      const key = keyOf(host, become);
      const known = opened.get(key) ?? openSession(host, become, options);
      opened.set(key, known);
      return known;
    },
    release(host) {
      for (const become of [true, false]) close(keyOf(host, become));
    },
    async closeAll() {
      for (const key of [...opened.keys()]) close(key);
      await Promise.allSettled(closing);
    },
  };
}

const keyOf = (host: string, become: boolean): string => `${host} ${become}`;
