import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runToy } from './run-toy.ts';
import { setCell, toyNode } from './toy-node.ts';

interface Wish {
  readonly key: string;
  readonly value: string;
  readonly besides: Record<string, string>;
  readonly lies: boolean;
  readonly fails: boolean;
}
const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const value = fc.constantFrom('1', '2');
const cells = fc.dictionary(key, value, { noNullPrototype: true });
const tame = fc.array(fc.record({ key, value, besides: fc.constant({}), lies: fc.constant(false), fails: fc.constant(false) }), { maxLength: 8 });
const wild = fc.array(fc.record({ key, value, besides: cells, lies: fc.constantFrom(false, false, false, true), fails: fc.constantFrom(false, false, false, true) }), { maxLength: 8 });
const distinct = tame.map((wishes) => wishes.filter((wish, i) => wishes.findIndex((other) => other.key === wish.key) === i));

const apply = (start: Record<string, string>, wishes: readonly Wish[], mode: 'plan' | 'apply' = 'apply') => {
  const node = toyNode(Object.entries(start));
  const go = () => runToy({ n1: node }, ({ play, groups }) => void play('P', groups.all, ({ task }) => wishes.forEach((wish, i) => task(`${i}`, setCell, wish))), { mode });
  return { node, go };
};

/** What a naive engine does: one task after another, each read, mended and read back on its own. */
function oracle(start: Record<string, string>, wishes: readonly Wish[]): { statuses: string[]; cells: Record<string, string> } {
  const now = { ...start };
  const statuses: string[] = [];
  for (const wish of wishes) {
    if (now[wish.key] === wish.value) {
      statuses.push('ok');
      continue;
    }
    if (!wish.fails) Object.assign(now, wish.lies ? wish.besides : { [wish.key]: wish.value, ...wish.besides });
    if (wish.fails || now[wish.key] !== wish.value) {
      statuses.push('failed');
      break;
    }
    statuses.push('changed');
  }
  return { statuses, cells: now };
}

describe('laws of the engine', () => {
  it('does what one task after another would do, whatever changes break or mend besides', async () => {
    await fc.assert(
      fc.asyncProperty(cells, wild, async (start, wishes) => {
        const { node, go } = apply(start, wishes);
        const { statuses } = await go();
        const want = oracle(start, wishes);
        expect(statuses()).toEqual(want.statuses);
        expect(Object.fromEntries(node.cells)).toEqual(want.cells);
      }),
      { numRuns: 1000 },
    );
  });

  it('costs one round trip when nothing differs, and one more for each task that changes', async () => {
    await fc.assert(
      fc.asyncProperty(cells, distinct, async (start, wishes) => {
        const { node, go } = apply(start, wishes);
        const { end } = await go();
        expect(node.frames).toBe(wishes.length === 0 ? 0 : 1 + end.changed);
        expect(end.trips).toEqual(wishes.length === 0 ? {} : { n1: 1 + end.changed });
        node.frames = 0;
        const again = await go();
        expect(again.end).toMatchObject({ ok: true, changed: 0, unchanged: wishes.length });
        expect(node.frames).toBe(wishes.length === 0 ? 0 : 1);
      }),
      { numRuns: 300 },
    );
  });

  it('plans without an effect, and apply does exactly what was planned', async () => {
    await fc.assert(
      fc.asyncProperty(cells, distinct, async (start, wishes) => {
        const planned = apply(start, wishes, 'plan');
        const plan = await planned.go();
        expect(planned.node.effects).toBe(0);
        const applied = await apply(start, wishes).go();
        const told = (events: typeof plan.events) => events.flatMap((event) => (event.type === 'taskResult' ? [{ task: event.task, changes: event.changes }] : []));
        expect(told(plan.events)).toEqual(told(applied.events));
        expect(plan.statuses().map((status) => (status === 'would-change' ? 'changed' : status))).toEqual(applied.statuses());
      }),
      { numRuns: 300 },
    );
  });

  it('converges in the next run when the link breaks anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(cells, distinct, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 4 }), async (start, wishes, frame, after) => {
        const { node, go } = apply(start, wishes);
        node.breakAt = { frame, after };
        await go();
        delete node.breakAt;
        const { end } = await go();
        expect(end.ok).toBe(true);
        for (const wish of wishes) expect(node.cells.get(wish.key)).toBe(wish.value);
        expect((await go()).end.changed).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps a bad host away from the others', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray(['n1', 'n2', 'n3', 'n4']), async (bad) => {
        const nodes = Object.fromEntries(['n1', 'n2', 'n3', 'n4'].map((name) => [name, toyNode()]));
        const { end } = await runToy(nodes, ({ play, groups }) => {
          play('P', groups.all, ({ task, host }) => void task('t', setCell, { key: 'a', value: '1', fails: bad.includes(host.name) }));
          play('Q', groups.all, ({ task }) => void task('u', setCell, { key: 'b', value: '1' }));
        });
        expect(end).toMatchObject({ failed: bad.length, changed: 2 * (4 - bad.length), ok: bad.length === 0 });
        for (const [name, node] of Object.entries(nodes)) expect(node.cells.get('b')).toBe(bad.includes(name) ? undefined : '1');
      }),
    );
  });
});
