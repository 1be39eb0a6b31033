import { hostname, userInfo } from 'node:os';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { endOf, type Running } from './controller.ts';
import { labNodes } from './lab-nodes.ts';
import { tracesAfter } from './traces.ts';

const nodes = labNodes('operators');
const apply = (...more: readonly string[]): Running => nodes.start('apply', nodes.playbook('operators.ts'), '-i', nodes.inventory, ...more);

beforeAll(async () => {
  await nodes.everywhere('cp /bin/sleep /run/plinth-slow');
});
beforeEach(async () => {
  await nodes.everywhere('rm -rf /srv/op');
});

const open = (): Promise<string[]> => nodes.everywhere('touch /srv/op/go');
const atGate = (names = nodes.names) => expect.poll(() => Promise.all(names.map((name) => nodes.on(name, 'cat /srv/op/gate 2>/dev/null || :'))), { timeout: 30_000 }).toEqual(names.map(() => 'in'));
const events = (): Promise<string[]> => nodes.everywhere('cat /srv/op/events 2>/dev/null || :');
const all = <T>(value: T): T[] => nodes.names.map(() => value);

describe('two operators', () => {
  it('the second is told who is at work and since when, does nothing there, and gets the other hosts done', async () => {
    const first = apply('--limit', 'node1', '--output', 'jsonl');
    const started = await first.event(({ type }) => type === 'runStart');
    await atGate(['node1']);
    await Promise.all(['node2', 'node3'].map((name) => nodes.on(name, 'mkdir /srv/op; touch /srv/op/go')));
    const second = await apply('--output', 'jsonl').done;
    expect(second.code).toBe(1);
    const { errors, unreachable, changed } = endOf(second);
    expect({ unreachable, changed }).toEqual({ unreachable: 1, changed: 6 });
    const run = started.type === 'runStart' ? started.run : '';
    const since = started.type === 'runStart' ? started.startedAt.slice(0, 16) : '';
    expect(errors).toEqual([expect.objectContaining({ cause: 'locked', host: 'node1' })]);
    expect(errors[0]?.summary).toMatch(new RegExp(`^another run is at work on this node: ${userInfo().username}@${hostname()}, run ${run}, since ${since}`));
    expect(errors[0]?.hint).toMatch(/^Wait until it has ended/);
    expect(await events()).toEqual(['before', 'before\nafter', 'before\nafter']);
    await open();
    expect((await first.done).code).toBe(0);
    expect(await events()).toEqual(all('before\nafter'));
    expect(await tracesAfter(nodes, 20)).toEqual([]);
  });

  it('that begin in the same moment: each node is either done by a run or refused to it, and never both at a time', async () => {
    await nodes.everywhere('mkdir -p /srv/op');
    await open();
    const runs = await Promise.all([1, 2, 3].map(() => apply('--output', 'jsonl').done));
    const done = runs.flatMap((ran) => {
      const { errors } = endOf(ran);
      expect(errors.filter(({ cause }) => cause !== 'locked')).toEqual([]);
      return nodes.names.filter((name) => !errors.some(({ host }) => host === name));
    });
    for (const name of nodes.names) {
      const times = done.filter((one) => one === name).length;
      expect(times).toBeGreaterThanOrEqual(1);
      // The gate is a state, so that only the first goes through it; the others are events.
      expect(await nodes.on(name, 'cat /srv/op/gate /srv/op/events')).toBe(['in\nout', ...Array.from({ length: times }, () => 'before\nafter')].join('\n'));
    }
    expect(await tracesAfter(nodes, 20)).toEqual([]);
  });

  it('after kill -9 of the first the second gets in at once', async () => {
    const first = apply();
    await atGate();
    first.child.kill('SIGKILL');
    await open();
    const second = await apply('--output', 'jsonl').done;
    expect(endOf(second)).toMatchObject({ ok: true, errors: [], unreachable: 0 });
    await first.done;
    expect(await tracesAfter(nodes, 20)).toEqual([]);
  });
});

describe('an interrupted run', () => {
  it.each(['SIGINT', 'SIGKILL', 'SIGTERM', 'SIGHUP'] as const)('by %s leaves nothing on the nodes, and is gone on with: what no reading shows is not repeated', async (signal) => {
    const first = apply();
    await atGate();
    first.child.kill(signal);
    const ran = await first.done;
    if (signal === 'SIGINT') {
      expect(ran.code).toBe(130);
      expect(ran.stdout).toContain('stopping: running steps are ended on the nodes');
      expect(ran.stdout).toMatch(/next: `plinth apply operators\.ts -i lab\/inventory\.yaml --resume` goes on from here/);
    }
    expect(await tracesAfter(nodes, 20)).toEqual([]);
    expect(await nodes.everywhere('cat /srv/op/gate /srv/op/events')).toEqual(all('in\nbefore'));
    const [newest] = (await nodes.plinth('runs')).stdout.split('\n');
    expect(newest).toMatch(/ apply +interrupted .*operators\.ts -i lab\/inventory\.yaml/);

    await open();
    const resumed = await apply('--resume', '--output', 'jsonl').done;
    expect(resumed.stderr).toMatch(/^goes on with run \S+; 3 done that no reading shows will not be repeated$/m);
    expect(endOf(resumed)).toMatchObject({ ok: true, changed: 6, skipped: 3, errors: [] });
    expect(await events()).toEqual(all('before\nafter'));

    const again = await apply('--resume').done;
    expect([again.code, again.stderr]).toEqual([1, expect.stringMatching(/the last run of operators\.ts \(\S+\) came to its end\n {2}→ Apply without --resume\./)]);
  });

  it('by Ctrl-C twice ends at once, and the nodes end the rest by themselves', async () => {
    const first = apply('--output', 'jsonl');
    await atGate();
    first.child.kill('SIGINT');
    await first.event((event) => event.type === 'warning' && event.message.startsWith('stopping'));
    first.child.kill('SIGINT');
    expect((await first.done).code).toBe(130);
    expect(await tracesAfter(nodes, 20)).toEqual([]);
    expect(await events()).toEqual(all('before'));
  });

  it('lets a step that must not be cut off come to its end', async () => {
    const first = apply('--output', 'jsonl', '-i', nodes.write('critical.yaml', 'vars: { critical: true }\n'));
    await atGate();
    first.child.kill('SIGINT');
    await first.event((event) => event.type === 'warning' && event.message.startsWith('stopping'));
    expect(await nodes.everywhere('cat /srv/op/gate')).toEqual(all('in'));
    await open();
    expect((await first.done).code).toBe(130);
    expect(await nodes.everywhere('cat /srv/op/gate /srv/op/events')).toEqual(all('in\nout\nbefore'));
    expect(await tracesAfter(nodes, 20)).toEqual([]);
  });

  it('that was killed during such a step is waited for by the next one, which does not do it twice', async () => {
    const layers = ['-i', nodes.write('critical.yaml', 'vars: { critical: true }\n')];
    const first = apply(...layers);
    await atGate();
    first.child.kill('SIGKILL');
    await first.done;
    const second = apply('--resume', '--output', 'jsonl', ...layers);
    await second.event((event) => event.type === 'warning' && event.message.includes('waiting for a step of an earlier run'));
    await open();
    expect(endOf(await second.done)).toMatchObject({ ok: true, errors: [] });
    expect(await nodes.everywhere('cat /srv/op/gate /srv/op/events')).toEqual(all('in\nout\nbefore\nafter'));
    expect(await tracesAfter(nodes, 20)).toEqual([]);
  });
});
