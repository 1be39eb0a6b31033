import type { RunOptions } from './options.ts';
import { openSession, type Session } from './session.ts';

/** Every connection of a run: opened once when first wanted, closed together at the end. */
export interface Sessions {
  of(host: string, become: boolean): Promise<Session>;
  closeAll(): Promise<void>;
}

export function sessionsOf(options: Pick<RunOptions, 'connect' | 'signal'>): Sessions {
  const opened = new Map<string, Promise<Session>>();
  return {
    of(host, become) {
      const key = `${host} ${become}`;
      const known = opened.get(key) ?? openSession(host, become, options);
      opened.set(key, known);
      return known;
    },
    async closeAll() {
      await Promise.allSettled([...opened.values()].map(async (session) => (await session).close()));
    },
  };
}
