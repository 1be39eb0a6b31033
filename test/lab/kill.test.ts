import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { endOf, type Ran, type Running } from './controller.ts';
import { labNodes } from './lab-nodes.ts';
import { randomFrom } from './random.ts';
import { tracesAfter, tracesOn } from './traces.ts';

const nodes = labNodes('kill');
const seed = Number(process.env['PLINTH_TEST_SEED'] ?? Date.now() % 1_000_000);
const random = randomFrom(seed);
const kills = 30;

const applying = (round: number): Running => {
  nodes.write('round.yaml', `vars: { round: ${round} }\n`);
  return nodes.start('apply', nodes.playbook('kill.ts'), '-i', nodes.inventory, '-i', 'round.yaml', '--output', 'jsonl');
};
const converge = (round: number): Promise<Ran> => applying(round).done;

/** A step that must not be cut off ran whole, and once, in each round so far. */
const wholeRounds = (round: number): string => Array.from({ length: round + 1 }, (_, i) => `begin ${i}\nend ${i}`).join('\n');

beforeAll(async () => {
  // Under a name of its own, so that it is known again on any node.
  await nodes.everywhere('cp /bin/sleep /run/plinth-slow');
});

it('what a run would leave behind is seen', async () => {
  const run = nodes.start('exec', 'node1', '-i', nodes.inventory, '--', '/run/plinth-slow 30');
  try {
    await expect.poll(() => tracesOn(nodes), { timeout: 20_000 }).toEqual([expect.stringMatching(/^node1: process \d+: [^]*\n\d+ \/run\/plinth-slow 30/)]);
    await nodes.on('node1', ': >/etc/.plinth-1234; flock -n /run/plinth/lock true || echo held');
    expect(await tracesOn(nodes)).toEqual([expect.stringMatching(/\/etc\/\.plinth-1234$/)]);
  } finally {
    run.child.kill('SIGKILL');
    await run.done;
    await nodes.on('node1', 'rm -f /etc/.plinth-1234');
  }
  expect(await tracesAfter(nodes, 20)).toEqual([]);
});

describe(`kill -9 of the controller (PLINTH_TEST_SEED=${seed})`, () => {
  it(`${kills} times at random moments: nothing is left, nothing is lost, the next run converges`, { timeout: 900_000 }, async () => {
    expect(endOf(await converge(0))).toMatchObject({ ok: true, errors: [] });
    const begun = Date.now();
    expect(endOf(await converge(1))).toMatchObject({ ok: true, errors: [] });
    const whole = Date.now() - begun;

    let round = 1;
    let killed = 0;
    while (killed < kills) {
      round++;
      expect(round, 'runs are killed before they end, mostly').toBeLessThan(kills * 3);
      const run = applying(round);
      const moment = Math.round(random() * whole);
      await Promise.race([sleep(moment), run.done]);
      run.child.kill('SIGKILL');
      const { signal, events } = await run.done;
      if (signal === 'SIGKILL') killed++;
      const about = `round ${round}, killed after ${moment} ms of ${whole} and ${events.length} events, seed ${seed}`;

      // Every other time the next run is there at once, when critical steps may still be at work.
      if (round % 2 === 0) {
        expect(await tracesAfter(nodes, 20), about).toEqual([]);
        for (const log of await nodes.everywhere('cat /srv/kill/log')) expect([wholeRounds(round - 1), wholeRounds(round)], about).toContain(log);
      }
      const next = await converge(round);
      expect(endOf(next), about).toMatchObject({ ok: true, failed: 0, unreachable: 0, errors: [] });
      expect(await nodes.everywhere('cat /srv/kill/log'), about).toEqual(nodes.names.map(() => wholeRounds(round)));
      expect(await nodes.everywhere('cat /srv/kill/taken /srv/kill/last; head -c 20 /srv/kill/big; wc -l </srv/kill/big'), about).toEqual(nodes.names.map(() => `round = ${round}\n${round}\n${`${round} is the round, and this`.slice(0, 20)}8000`));
      if (round % 5 === 0) expect(endOf(await converge(round)), about).toMatchObject({ ok: true, changed: 0, trips: { node1: 2, node2: 2, node3: 2 } });
    }
    expect(await tracesAfter(nodes, 20)).toEqual([]);
    expect(endOf(await converge(round))).toMatchObject({ ok: true, changed: 0 });
  });
});

describe(`kill -9 of the controller while packages are installed (PLINTH_TEST_SEED=${seed})`, () => {
  const install = (names: readonly string[]): Running => nodes.start('apply', nodes.playbook('packages.ts'), '-i', nodes.inventory, '-i', nodes.write('names.yaml', `vars: { names: [${names.join(', ')}] }\n`), '--output', 'jsonl');

  it.each([[['tree']], [['hello', 'bc']], [['dc', 'pv', 'zip']]])('%j: what was begun comes to its end, nothing is left half-installed, the next run converges', { timeout: 200_000 }, async (names) => {
    const run = install(names);
    await run.event(({ type }) => type === 'taskStart');
    const moment = Math.round(random() * 2000);
    await Promise.race([sleep(moment), run.done]);
    run.child.kill('SIGKILL');
    await run.done;
    expect(await tracesAfter(nodes, 120), `killed after ${moment} ms`).toEqual([]);
    expect(await nodes.everywhere('dpkg --audit'), `killed after ${moment} ms`).toEqual(nodes.names.map(() => ''));
    const next = await install(names).done;
    expect(endOf(next)).toMatchObject({ ok: true, errors: [] });
    expect(await nodes.everywhere(`dpkg-query -W -f '\${db:Status-Status} ' ${names.join(' ')}`)).toEqual(nodes.names.map(() => names.map(() => 'installed').join(' ')));
    expect(endOf(await install(names).done)).toMatchObject({ ok: true, changed: 0 });
  });
});
