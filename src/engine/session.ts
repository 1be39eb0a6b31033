import type { Connection, FileToPut, Reply, SendOptions, Step } from '../contract/connection.ts';
import { PlinthError } from '../contract/diagnostic.ts';
import type { RunOptions } from './options.ts';

/** A host's connection over a whole run: opened once, opened again after a lost link or a reboot. */
export interface Session {
  readonly host: string;
  readonly become: boolean;
  send(steps: readonly Step[], options?: Pick<SendOptions, 'onOutput'>): Promise<readonly (Reply | undefined)[]>;
  /** The same for steps that only read: when the link breaks they are sent once more over a new one. */
  read(steps: readonly Step[]): Promise<readonly (Reply | undefined)[]>;
  put(file: FileToPut, options?: Pick<SendOptions, 'onSent'>): Promise<void>;
  /** Closes what is left of the link and opens it anew, until `timeout` ms have passed. */
  reconnect(timeout: number): Promise<void>;
  /** How long this host may take to come back when it dropped its link, in ms. */
  patience(): Promise<number>;
  /** As the connection calls itself. */
  readonly transport: string;
  close(): Promise<void>;
}

export async function openSession(host: string, become: boolean, { connect, patience, signal }: Pick<RunOptions, 'connect' | 'patience' | 'signal'>): Promise<Session> {
  let connection: Connection = await connect(host, { signal, become });
  const session: Session = {
    host,
    become,
    get transport() {
      return connection.transport;
    },
    send(steps, options = {}) {
      return connection.send(steps, { ...options, signal });
    },
    async read(steps) {
      try {
        return await session.send(steps);
      } catch (error) {
        if (!wasLost(error)) throw error;
        await session.reconnect(await session.patience());
        return session.send(steps);
      }
    },
    put(file, options = {}) {
      return connection.put(file, { ...options, signal });
    },
    async reconnect(timeout) {
      await connection.close().catch(() => undefined);
      const deadline = Date.now() + timeout;
      for (let pause = 250; ; pause = Math.min(pause * 1.5, 5000)) {
        try {
          connection = await connect(host, { signal, become });
          return;
        } catch (error) {
          if (!mayPass(error) || signal.aborted || Date.now() + pause > deadline) throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    },
    patience: async () => (await patience?.(host)) ?? usualPatience,
    close: () => connection.close(),
  };
  return session;
}

const usualPatience = 30_000;

export const wasLost = (error: unknown): boolean => error instanceof PlinthError && error.diagnostics.some(({ cause }) => cause === 'lost');

/** A booting host refuses, resets and even rejects logins (pam_nologin) for a while; a wrong host key stays wrong. */
const mayPass = (error: unknown): boolean => error instanceof PlinthError && error.diagnostics.some(({ cause }) => cause === 'unreachable' || cause === 'lost' || cause === 'auth' || cause === 'become');
