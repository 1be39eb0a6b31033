import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { change, defineModule, refuse, sh } from '../../src/contract/index.ts';
import type { RunEvent } from '../../src/report/event.ts';
import { runToy, type ToyContext } from './run-toy.ts';
import { readCell, setCell, toyNode } from './toy-node.ts';

/** Looks at a cell: `good`, `bad`, or not to be judged. */
const look = defineModule({
  name: 'look',
  summary: 'A cell that is good.',
  args: z.strictObject({ key: z.string() }),
  observe: ({ key }) => ({ cell: readCell(key) }),
  *plan(_, { cell }) {
    if (cell === 'bad') yield refuse('it is bad', 'the cell says so');
  },
  found: (_, { cell }) => (cell === undefined ? { evidence: 'there is no cell', skipped: true } : { evidence: `it is ${cell}` }),
});

const wait = defineModule({
  ...look,
  name: 'wait',
  *plan({ key }, { cell }) {
    if (cell !== 'good') yield change(key, cell, 'good', sh.raw('wait'), { passive: true });
  },
});

const told = (events: readonly RunEvent[]) => events.flatMap((event) => (event.type === 'taskResult' ? [[event.host, event.task, event.status, event.note ?? ''].filter(Boolean).join(' ')] : []));

describe('checks', () => {
  it('tell what they found, in apply and in a plan; a skip is no success', async () => {
    for (const mode of ['apply', 'plan'] as const) {
      const { events, end } = await runToy({ a: toyNode([['x', 'good']]) }, ({ play, groups }) => {
        play('One', groups.all, ({ task }) => {
          task('first', look, { key: 'x' });
          task('second', look, { key: 'y' });
        });
      }, { mode });
      expect(told(events)).toEqual(['a first ok it is good', 'a second skipped there is no cell']);
      expect(end).toMatchObject({ ok: true, skipped: 1 });
    }
  });

  it('go on after one that failed where they are to, and the run has failed', async () => {
    const { events, end } = await runToy({ a: toyNode([['x', 'bad'], ['y', 'good']]) }, ({ play, groups }) => {
      play('One', groups.all, ({ task }) => {
        task('first', look, { key: 'x' }, { keepGoing: true });
        task('second', look, { key: 'y' }, { keepGoing: true });
      });
      play('Two', groups.all, ({ task }) => void task('not for it', look, { key: 'y' }));
    });
    expect(told(events)).toEqual(['a first failed', 'a second ok it is good']);
    expect(end).toMatchObject({ ok: false, failed: 1 });
  });

  it('are cleared up after, also on a host that failed and after what ended the run; never on one that is not reached', async () => {
    const { events, end } = await runToy(
      { a: toyNode([['x', 'bad']]), b: toyNode([['x', 'good']]), c: toyNode() },
      ({ play, groups }) => {
        play('One', groups.all, { anyErrorsFatal: true }, ({ task }) => void task('look', look, { key: 'x' }));
        play('Two', groups.all, ({ task }) => void task('more', setCell, { key: 'z', value: '1' }));
        play('Three', groups.all, { always: true }, ({ task }) => void task('clear up', setCell, { key: 'x', value: 'gone' }));
      },
      { dead: ['c'] },
    );
    expect(told(events).sort()).toEqual(['a clear up changed', 'a look failed', 'b clear up changed', 'b look ok it is good']);
    expect(end).toMatchObject({ ok: false, failed: 1, unreachable: 1 });
  });
});

describe('a wait in a plan', () => {
  const body = (behind: boolean) => (context: ToyContext) => {
    context.play('One', context.groups.all, ({ task }) => {
      if (behind) task('before', setCell, { key: 'y', value: '1' });
      task('wait', wait, { key: 'x' });
    });
  };

  it('is unknown where nothing will be done before it, and no open question behind something that will', async () => {
    const alone = await runToy({ a: toyNode() }, body(false), { mode: 'plan' });
    expect(told(alone.events)).toEqual(['a wait unknown apply waits here until it is so']);
    const behind = await runToy({ a: toyNode() }, body(true), { mode: 'plan' });
    expect(told(behind.events)).toEqual(['a before would-change', 'a wait ok apply waits here until it is so']);
    expect(behind.end).toMatchObject({ unknown: 0, pending: 1 });
  });
});
