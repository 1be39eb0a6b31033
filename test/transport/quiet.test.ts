import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection, Step } from '../../src/contract/index.ts';
import { plainCarriers } from './carriers.ts';

const quiet = (...scripts: string[]): Step[] => scripts.map((script) => ({ script, quiet: true }));

describe.each(plainCarriers.map((carrier) => [carrier.name, carrier] as const))('a row of quiet steps over %s', (_, carrier) => {
  let connection: Connection;
  beforeEach(async () => {
    connection = await carrier.open();
  });
  afterEach(async () => {
    await connection.close();
  });

  it('answers each with its facts, its code and what it said', async () => {
    const replies = await connection.send(quiet("put a 'one\n\n'; put b ''", 'echo out; echo err >&2; put c x; exit 3', 'cd /nowhere; put never 1', 'if then', 'put d "$(pwd)"'));
    expect(replies.map((reply) => reply?.code)).toEqual([0, 3, expect.any(Number), expect.any(Number), 0]);
    expect(replies[2]?.code).not.toBe(0);
    expect([...(replies[0]?.facts ?? [])]).toEqual([['a', 'one\n\n'], ['b', '']]);
    expect([...(replies[1]?.facts ?? [])]).toEqual([['c', 'x']]);
    expect(replies[1]?.stdout).toBe('out\nerr\n');
    expect(replies[2]?.stdout).toMatch(/nowhere/);
    expect(replies[2]?.facts.size).toBe(0);
    expect(replies[4]?.facts.has('d')).toBe(true);
  });

  it('stands between others, and puts in a pipe are not lost', async () => {
    const steps: Step[] = [{ script: 'echo first; put n 0', gate: true }, ...quiet('printf "1\\n2\\n" | while read -r l; do put "$l" "$l"; done', 'put n 2'), { script: 'echo last >&2; put n 3' }];
    const replies = await connection.send(steps);
    expect(replies.map((reply) => [...(reply?.facts.keys() ?? [])].join())).toEqual(['n', '1,2', 'n', 'n']);
    expect([replies[0]?.stdout, replies[3]?.stderr]).toEqual(['first\n', 'last\n']);
    const gated = await connection.send([{ script: 'exit 1', gate: true }, ...quiet('put a 1', 'put b 2')]);
    expect(gated.map((reply) => reply?.code)).toEqual([1, undefined, undefined]);
  });

  it('brings large texts whole', async () => {
    const replies = await connection.send(quiet('x=0123456789abcdef; for i in 1 2 3 4 5 6 7 8 9 10 11 12; do x=$x$x; done; put big "$x"', 'put after 1'));
    expect(replies[0]?.facts.get('big')?.length).toBe(65_536);
    expect(replies[1]?.facts.get('after')).toBe('1');
  });

  it('ends when the time of the first is over', async () => {
    const replies = await connection.send([{ script: 'sleep 30', quiet: true, timeout: 300 }, { script: 'put a 1', quiet: true }, ]);
    expect(replies[0]?.timedOut).toBe(true);
  }, 30_000);
});
