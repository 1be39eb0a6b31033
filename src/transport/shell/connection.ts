import { randomBytes } from 'node:crypto';
import type { Connection, FileToPut, Reply, SendOptions, Step } from '../../contract/connection.ts';
import type { Booted } from './boot.ts';
import { fetchFile } from './fetch.ts';
import { putFile } from './put.ts';
import { sendSteps } from './send.ts';

/** Frames over one session. `close` ends what carries it once the remote shell is gone. */
export function shellConnection(host: string, transport: string, { session, nonce }: Booted, close: () => Promise<void> = async () => undefined): Connection {
  let trips = 0;
  const counted = { ...session, exchange: (exchange: Parameters<typeof session.exchange>[0]) => (trips++, session.exchange(exchange)) };
  const id = randomBytes(4).toString('hex');
  let frames = 0;
  const wire = { host, session: counted, nonce, nextId: () => `${id}-${++frames}` };
  return {
    host,
    transport,
    get trips() {
      return trips;
    },
    send: (steps: readonly Step[], options: SendOptions = {}): Promise<readonly (Reply | undefined)[]> => sendSteps(wire, steps, options),
    put: (file: FileToPut, options: SendOptions = {}) => putFile(wire, file, options),
    fetch: (path: string, options: SendOptions = {}) => fetchFile(wire, path, options),
    async close() {
      await session.close();
      await close();
    },
  };
}
