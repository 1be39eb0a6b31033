import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { change, defineAction, defineModule, late, Secret, secret, sh } from '../../src/contract/index.ts';
import { first, rest } from '../../src/dsl/fleet.ts';
import { runToy, type ToyContext } from './run-toy.ts';
import { readCell, setCell, toyNode } from './toy-node.ts';

const three = () => ({ n1: toyNode(), n2: toyNode(), n3: toyNode() });
const bump = defineAction({ name: 'bump', summary: 'Marks a cell.', args: z.strictObject({ key: z.string() }), run: ({ key }) => sh.raw(`set ${JSON.stringify({ cells: { [key]: 'bumped' } })}`) });

/** Takes a late value, and never needs it for planning. */
const useLate = defineModule({
  name: 'useLate',
  summary: 'Joins with a token.',
  args: z.strictObject({ key: z.string(), token: late(z.string()) }),
  observe: ({ key }) => ({ found: readCell(key) }),
  *plan({ key, token }, { found }) {
    if (found === undefined) yield change(key, undefined, 'joined', sh`${sh.raw(`set ${JSON.stringify({ cells: { [key]: 'joined' } })}`)} ${token}`);
  },
});
const mint = defineModule({
  name: 'mint',
  summary: 'Mints a token.',
  args: z.strictObject({}),
  observe: () => ({ found: readCell('token') }),
  *plan(_args, { found }) {
    if (found === undefined) yield change('token', undefined, 'a token', sh.raw('set {"cells":{"token":"tok-12345678"}}'));
  },
  output: (_args, { found }) => ({ token: found ?? '' }),
});
const event = defineModule({
  name: 'event',
  summary: 'Happens each time.',
  args: z.strictObject({ key: z.string(), changes: z.boolean().default(true) }),
  observe: () => ({}),
  *plan({ key, changes }) {
    yield change(key, undefined, 'done', sh.raw(`set ${JSON.stringify({ cells: { [key]: 'done' } })}`), { event: true, changedWhen: () => changes });
  },
});

describe('handlers', () => {
  it('run once at the end of the play, only when something changed, in the order they are declared', async () => {
    const nodes = { n1: toyNode([['b', '1']]) };
    const { events } = await runToy(nodes, ({ play, groups }) => {
      play('P', groups.all, ({ task, handler }) => {
        const one = handler('one', bump, { key: 'h1' });
        const two = handler('two', bump, { key: 'h2' });
        const three = handler('three', bump, { key: 'h3' });
        task('a', setCell, { key: 'a', value: '1' }).notify(two, one);
        task('b', setCell, { key: 'b', value: '1' }).notify(three);
        task('c', setCell, { key: 'c', value: '1' }).notify(one);
      });
    });
    expect(events.flatMap((event) => (event.type === 'handlerResult' ? [`${event.handler} ${event.status}`] : []))).toEqual(['one ran', 'two ran']);
    expect(nodes.n1.cells.get('h3')).toBeUndefined();
  });

  it('run also when a later task fails', async () => {
    const nodes = { n1: toyNode() };
    await runToy(nodes, ({ play, groups }) => {
      play('P', groups.all, ({ task, handler }) => {
        task('a', setCell, { key: 'a', value: '1' }).notify(handler('h', bump, { key: 'h' }));
        task('b', setCell, { key: 'b', value: '1', fails: true });
      });
    });
    expect(nodes.n1.cells.get('h')).toBe('bumped');
  });

  it('are noted on the node before the change, in the same frame, and forgotten after they ran', async () => {
    const nodes = { n1: toyNode() };
    await runToy(nodes, ({ play, groups }) => void play('P', groups.all, ({ task, handler }) => void task('a', setCell, { key: 'a', value: '1' }).notify(handler('h', bump, { key: 'h' }))));
    const log = nodes.n1.log;
    const [note, set, clear] = [log.findIndex((text) => text.includes('mkdir')), log.findIndex((text) => text.includes('"a":"1"')), log.findIndex((text) => text.includes('rm -f'))];
    expect(note).toBeGreaterThan(-1);
    expect(set).toBe(note + 1);
    expect(clear).toBeGreaterThan(set);
    expect(nodes.n1.frames).toBe(3);
  });
});

describe('late values', () => {
  const body = ({ play, groups }: ToyContext): void => {
    const joined = play('CP', first(groups.all), ({ onDemand }) => onDemand('mint', mint, {}).output);
    play('Workers', rest(groups.all), ({ task }) => void task('join', useLate, { key: 'joined', token: joined.get('token') }));
  };
  it('are made once, on their own host, and only when a script that needs them is about to run', async () => {
    const nodes = three();
    const plan = await runToy(nodes, body, { mode: 'plan' });
    expect(plan.end).toMatchObject({ ok: true, pending: 2 });
    expect(nodes.n1.effects).toBe(0);
    expect(plan.events.flatMap((event) => (event.type === 'taskResult' ? event.changes.map(({ run }) => run) : []))[0]).toContain('<mint.token>');
    nodes.n2.cells.set('joined', 'joined');
    nodes.n3.cells.set('joined', 'joined');
    await runToy(nodes, body);
    expect(nodes.n1.effects).toBe(0);
  });
  it('are masked in what is told', async () => {
    const nodes = { ...three(), n1: toyNode([['token', 'tok-12345678']]) };
    const applied = await runToy(nodes, ({ play, groups }) => {
      const minted = play('CP', first(groups.all), ({ onDemand }) => onDemand('mint', mint, {}).output);
      play('Leak', rest(groups.all), ({ task }) => void task('leak', leak, { token: minted.get('token') }));
    });
    expect(nodes.n2.log.join()).toContain('tok-12345678');
    expect(applied.end.failed).toBe(2);
    expect(JSON.stringify(applied.events)).not.toContain('tok-12345678');
  });
  it('that cannot come fail those who need them, with the reason', async () => {
    const nodes = three();
    const { end } = await runToy(nodes, body, { dead: ['n1'] });
    expect(end.errors.map(({ host, summary }) => `${host}: ${summary}`)).toEqual(expect.arrayContaining([expect.stringMatching(/^n2: "mint" is needed, but n1 failed or cannot be reached/)]));
    expect(nodes.n2.cells.has('joined')).toBe(false);
  });
});
const leak = defineModule({
  name: 'leak',
  summary: 'Fails and tells its token.',
  args: z.strictObject({ token: late(z.string()) }),
  observe: () => ({ found: readCell('never') }),
  *plan({ token }, { found }) {
    if (!found) yield change('x', undefined, 'y', sh`die ${token}`);
  },
});

describe('outputs of tasks', () => {
  it('reach later plays, and never keep anyone waiting when their task did not run', async () => {
    const nodes = three();
    const { end } = await runToy(nodes, ({ play, groups }) => {
      play('Break', first(groups.all), ({ task }) => void task('t', setCell, { key: 'a', value: '1', fails: true }));
      const made = play('Make', groups.all, ({ task }) => task('make', setCell, { key: 'b', value: 'made' }).output);
      play('Use', rest(groups.all), ({ task, host }) => void task('use', useLate, { key: 'used', token: made.of(host.name === 'n2' ? 'n1' : 'n3').get('found') }));
    });
    expect(end.errors.map(({ host, summary }) => `${host}: ${summary}`)).toContain('n2: "make" did not run on n1, so its output is missing');
    expect(nodes.n3.log.join()).toContain('joined"}} made');
  });
});

describe('secrets', () => {
  it('never stand in an event, whatever a task does with them', async () => {
    const takes = defineModule({
      name: 'takes',
      summary: 'Takes a secret.',
      args: z.strictObject({ password: secret() }),
      observe: () => ({ found: readCell('never') }),
      *plan({ password }, { found }) {
        if (!found) yield change('password', undefined, 'as given', sh`login ${password}`);
      },
    });
    const nodes = { n1: toyNode() };
    const { events } = await runToy(nodes, ({ play, groups }) => void play('P', groups.all, ({ task }) => void task('t', takes, { password: new Secret('db password', async () => 'hunter2hunter2') })));
    expect(nodes.n1.log.join('\n')).toContain('hunter2hunter2');
    expect(JSON.stringify(events)).not.toContain('hunter2hunter2');
    expect(JSON.stringify(events)).toContain('<db password>');
  });
});

describe('order and number of hosts', () => {
  const trace = (options: object) => {
    const nodes = Object.fromEntries(['n1', 'n2', 'n3', 'n4', 'n5'].map((name) => [name, toyNode()]));
    return runToy(nodes, ({ play, groups }) => void play('P', groups.all, options, ({ task }) => void task('t', setCell, { key: 'a', value: '1' }))).then(({ events }) => {
      let now = 0;
      let most = 0;
      const spans: string[] = [];
      for (const event of events) {
        if (event.type === 'taskStart') most = Math.max(most, ++now);
        if (event.type === 'hostEnd') {
          now--;
          spans.push(event.host);
        }
      }
      return { most, spans };
    });
  };
  it('works on all at once, on `concurrency` at once, or in batches', async () => {
    expect((await trace({})).most).toBe(5);
    expect((await trace({ concurrency: 2 })).most).toBeLessThanOrEqual(2);
    expect(await trace({ serial: 1 })).toEqual({ most: 1, spans: ['n1', 'n2', 'n3', 'n4', 'n5'] });
    expect((await trace({ serial: '40%' })).most).toBe(2);
    expect((await trace({ serial: [1, '60%'] })).most).toBe(3);
  });
  it('goes no further when a whole batch failed', async () => {
    const nodes = three();
    const { end } = await runToy(nodes, ({ play, groups }) => void play('P', groups.all, { serial: 1 }, ({ task }) => void task('t', setCell, { key: 'a', value: '1', fails: true })));
    expect(end.failed).toBe(1);
    expect(nodes.n2.frames).toBe(0);
  });
  it('stops everywhere when asked to', async () => {
    const nodes = three();
    const { end } = await runToy(nodes, ({ play, groups }) => {
      play('P', groups.all, { anyErrorsFatal: true }, ({ task, host }) => void task('t', setCell, { key: 'a', value: '1', fails: host.name === 'n2' }));
      play('Q', groups.all, ({ task }) => void task('u', setCell, { key: 'b', value: '1' }));
    });
    expect(end).toMatchObject({ ok: false, failed: 1 });
    expect([...nodes.n1.cells.keys(), ...nodes.n3.cells.keys()]).not.toContain('b');
  });
  it('leaves out an unreachable host and says so', async () => {
    const nodes = three();
    const { end } = await runToy(nodes, ({ play, groups }) => void play('P', groups.all, ({ task }) => void task('t', setCell, { key: 'a', value: '1' })), { dead: ['n2'] });
    expect(end).toMatchObject({ ok: false, unreachable: 1, changed: 2, failed: 0 });
  });
});

describe('options of a task', () => {
  it('run once: on one host, the others wait for it and see its output', async () => {
    const nodes = three();
    const { events } = await runToy(nodes, ({ play, groups }) => void play('P', groups.all, ({ task }) => void task('t', setCell, { key: 'a', value: '1' }, { runOnce: true })));
    expect([...Object.values(nodes)].filter((node) => node.cells.has('a'))).toHaveLength(1);
    expect(events.flatMap((event) => (event.type === 'taskResult' ? [event.status] : [])).toSorted()).toEqual(['changed', 'skipped', 'skipped']);
  });
  it('delegate: the work is done on the other host', async () => {
    const nodes = three();
    await runToy(nodes, ({ play, groups }) => void play('P', rest(groups.all), ({ task, host }) => void task('t', setCell, { key: host.name, value: '1' }, { delegate: { name: 'n1' } })));
    expect([...nodes.n1.cells.keys()].toSorted()).toEqual(['n2', 'n3']);
    expect(nodes.n2.cells.size).toBe(0);
  });
  it('retries until the output satisfies, and says how often', async () => {
    let asked = 0;
    const { events, end } = await runToy({ n1: toyNode([['a', '1']]) }, ({ play, groups }) => void play('P', groups.all, ({ task }) => void task('t', setCell, { key: 'a', value: '1' }, { retries: 3, delay: 1, until: () => ++asked >= 3 })));
    expect(end.ok).toBe(true);
    expect(events.find((event) => event.type === 'taskResult')).toMatchObject({ attempts: 3, status: 'ok' });
    const hopeless = await runToy({ n1: toyNode([['a', '1']]) }, ({ play, groups }) => void play('P', groups.all, ({ task }) => void task('t', setCell, { key: 'a', value: '1' }, { retries: 1, delay: 1, until: () => false })));
    expect(hopeless.end.errors[0]).toMatchObject({ cause: 'not-converged', summary: 'its output does not satisfy `until` (attempt 2 of 2)' });
  });
  it('ignored errors are told, and the host goes on', async () => {
    const nodes = { n1: toyNode() };
    const { end, statuses } = await runToy(nodes, ({ play, groups }) => {
      play('P', groups.all, ({ task }) => {
        task('t', setCell, { key: 'a', value: '1', fails: true }, { ignoreErrors: true });
        task('u', setCell, { key: 'b', value: '1' });
      });
    });
    expect(statuses()).toEqual(['failed', 'changed']);
    expect(end.ok).toBe(true);
  });
  it('tags choose, skip-tags leave out, always and never keep their promise', async () => {
    const chosen = async (options: object) => {
      const { events } = await runToy({ n1: toyNode() }, ({ play, groups }) => {
        play('P', groups.all, { tags: ['p'] }, ({ task }) => {
          task('x', setCell, { key: 'x', value: '1' }, { tags: ['one'] });
          task('y', setCell, { key: 'y', value: '1' }, { tags: ['two'] });
          task('z', setCell, { key: 'z', value: '1' }, { tags: ['always'] });
          task('n', setCell, { key: 'n', value: '1' }, { tags: ['never', 'danger'] });
        });
      }, options);
      return events.flatMap((event) => (event.type === 'taskResult' ? [event.task] : [])).join('');
    };
    expect(await chosen({})).toBe('xyz');
    expect(await chosen({ tags: ['one'] })).toBe('xz');
    expect(await chosen({ tags: ['p'] })).toBe('xyz');
    expect(await chosen({ skipTags: ['one', 'always'] })).toBe('y');
    expect(await chosen({ tags: ['danger'] })).toBe('zn');
  });
  it('step asks before each change, and takes no for an answer', async () => {
    const nodes = { n1: toyNode([['b', '1']]) };
    const asked: string[] = [];
    const { statuses } = await runToy(nodes, ({ play, groups }) => void play('P', groups.all, ({ task }) => ['a', 'b', 'c'].forEach((key) => task(key, setCell, { key, value: '1' }))), {
      async confirm(task) {
        asked.push(task.task);
        return task.task === 'a' ? 'no' : 'yes';
      },
    });
    expect(asked).toEqual(['a', 'c']);
    expect(statuses()).toEqual(['skipped', 'ok', 'changed']);
  });
});

describe('events', () => {
  it('happen in each apply, count by their own verdict, and are not repeated when a run resumes', async () => {
    const body = (changes: boolean) => ({ play, groups }: ToyContext) => void play('P', groups.all, ({ task }) => void task('e', event, { key: 'e', changes }));
    const node = toyNode();
    const ran = await runToy({ n1: node }, body(true));
    expect(ran.statuses()).toEqual(['changed']);
    expect((await runToy({ n1: node }, body(false))).statuses()).toEqual(['ok']);
    const told = ran.events.find((one) => one.type === 'taskResult');
    const key = told?.type === 'taskResult' ? `n1|${told.id}|${told.argsDigest}` : '';
    node.effects = 0;
    const resumed = await runToy({ n1: node }, body(true), { resumed: new Set([key]) });
    expect(resumed.statuses()).toEqual(['skipped']);
    expect(node.effects).toBe(0);
  });
  it('that were cut off by a lost link are not done twice', async () => {
    const node = toyNode();
    node.breakAt = { frame: 3, after: 1 };
    const { end } = await runToy({ n1: node }, ({ play, groups }) => {
      play('P', groups.all, ({ task }) => {
        task('r', setCell, { key: 'r', value: '1' });
        task('e', event, { key: 'e' });
      });
    });
    expect(end.errors[0]?.cause).toBe('lost');
    expect(node.effects).toBe(2);
  });
});

describe('failures', () => {
  it('says which task got no module where an import is misspelt', async () => {
    const misspelt: { setCel?: typeof setCell } = {};
    await expect(runToy({ n1: toyNode() }, ({ play, groups }) => void play('P', groups.all, ({ task }) => void task('t', misspelt.setCel as typeof setCell, { key: 'a', value: '1' })))).rejects.toThrow(/behaviour\.test\.ts:\d+:\d+ n1: "t" got no module: what was imported is undefined/);
  });
  it('names what still differs after a change that seemed to work', async () => {
    const { end } = await runToy({ n1: toyNode() }, ({ play, groups }) => void play('P', groups.all, ({ task }) => void task('t', setCell, { key: 'a', value: '1', lies: true })));
    expect(end.errors[0]).toMatchObject({ cause: 'not-converged', detail: 'a: found nothing, wanted 1', host: 'n1', play: 'P', task: 't' });
  });
  it('refuses bad arguments of every task on every host before anything is connected', async () => {
    const nodes = three();
    await expect(
      runToy(nodes, ({ play, groups }) => {
        play('P', groups.all, ({ task }) => {
          task('t', setCell, { key: 1 as never, value: '1' });
          task('u', setCell, { key: 'a', value: '1', valeu: '2' } as never);
        });
      }),
    ).rejects.toThrow(/setCell\.key: .*expected string[\s\S]*setCell\.valeu: no such argument/);
    expect(nodes.n1.frames).toBe(0);
  });
});
