import { describe, expect, it } from 'vitest';
import { type Connection, PlinthError } from '../../src/contract/index.ts';
import { openSession } from '../../src/engine/session.ts';

const lost = (): never => {
  throw new PlinthError({ cause: 'lost', summary: 'the link broke', host: 'n1' });
};

/** A host that lets in once, breaks the link at the first frame, and then is gone for so many attempts. */
function vanishing(goneFor: number) {
  let attempts = 0;
  const connection = (works: boolean): Connection => ({ host: 'n1', transport: 'fake', trips: 0, send: async () => (works ? [] : lost()), put: lost, fetch: lost, close: async () => undefined });
  return {
    attempts: () => attempts,
    async connect(): Promise<Connection> {
      attempts++;
      if (attempts > 1 && attempts <= 1 + goneFor) throw new PlinthError({ cause: 'unreachable', summary: 'connection refused', host: 'n1' });
      return connection(attempts > 1);
    },
  };
}

describe('a host that vanishes in the middle of a run', () => {
  const { signal } = new AbortController();

  it('is waited for as long as its inventory says', async () => {
    const host = vanishing(2);
    const session = await openSession('n1', true, { connect: host.connect, patience: async () => 60_000, signal });
    await expect(session.read([{ script: ':' }])).resolves.toEqual([]);
    expect(host.attempts()).toBe(4);
  });

  it('is asked once more, and given up, where it says not to wait', async () => {
    const host = vanishing(100);
    const session = await openSession('n1', true, { connect: host.connect, patience: async () => 0, signal });
    await expect(session.read([{ script: ':' }])).rejects.toThrow('connection refused');
    expect(host.attempts()).toBe(2);
  });

  it('is waited for 30 s where nothing is said', async () => {
    const session = await openSession('n1', true, { connect: vanishing(0).connect, signal });
    expect(await session.patience()).toBe(30_000);
  });
});
