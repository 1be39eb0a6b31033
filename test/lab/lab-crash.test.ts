import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { down, status, up } from '../../src/lab/index.ts';
import { locate } from '../../src/lab/locate.ts';
import { answer, bundleUp, noLab, processesOf, someLab, tracesOf, upElsewhere } from './real-lab.ts';

/** The same numbers for the same seed, so that a failing run can be repeated: PLINTH_SEED=... */
const seed = Number(process.env.PLINTH_SEED ?? Date.now() % 100_000);
function* numbers(state: number): Generator<number> {
  for (let x = state + 1; ; ) {
    x = (x * 48_271) % 2_147_483_647;
    yield x / 2_147_483_647;
  }
}

describe.skipIf(noLab)(`a lab whose makers are killed (seed ${seed})`, () => {
  const which = someLab('crash');
  const random = numbers(seed);
  const next = (): number => random.next().value ?? 0;
  let program = '';
  let remove = () => {};
  beforeAll(async () => {
    ({ program, remove } = await bundleUp());
    // From here on the image is there, so that kills hit the boot and not the build.
    await up({ ...which, nodes: 1 });
    await down(which);
  });
  afterAll(async () => {
    await down(which);
    remove();
    rmSync(dirname(which.dir), { recursive: true, force: true });
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])('up killed at a random moment leaves nothing after down (%i)', async () => {
    const { child, ended } = await upElsewhere(program, { ...which, nodes: 2 });
    await sleep(next() * 2000);
    child.kill('SIGKILL');
    await ended;
    await down(which);
    await expect.poll(() => tracesOf(which), { timeout: 10_000 }).toEqual([]);
  });

  it('any of its processes killed: down still leaves nothing, and up starts afresh', async () => {
    const { id, dir } = locate(which);
    for (let round = 0; round < 4; round++) {
      await up({ ...which, nodes: 2 });
      const processes = processesOf(id, dir);
      expect(processes.length).toBeGreaterThan(10);
      for (let i = 0; i < 3; i++) {
        const victim = Number(processes[Math.floor(next() * processes.length)]?.split(' ')[0]);
        if (processesOf(id, dir).some((line) => line.startsWith(`${victim} `))) process.kill(victim, 'SIGKILL');
      }
      if (round % 2 === 0) await down(which);
    }
    await down(which);
    await expect.poll(() => tracesOf(which), { timeout: 10_000 }).toEqual([]);
  });

  it('a killed keeper takes its node with it, and no other', async () => {
    await up({ ...which, nodes: 2 });
    const { id, dir } = locate(which);
    const keeper = processesOf(id, dir).find((line) => line.includes('supervise.sh') && line.includes('node1'));
    process.kill(Number(keeper?.split(' ')[0]), 'SIGKILL');
    await expect.poll(async () => (await status(which)).nodes.map(({ state }) => state).join(' '), { timeout: 20_000 }).toBe('down running');
    expect(await answer(which, 'node2', 'hostname')).toBe('node2');
    await up({ ...which, nodes: 2 });
    expect(await answer(which, 'node1', 'hostname')).toBe('node1');
    await down(which);
    await expect.poll(() => tracesOf(which), { timeout: 10_000 }).toEqual([]);
  });
});

describe.skipIf(noLab)('a lab on a machine that has cgroup v2 only', () => {
  const which = someLab('v2');
  let remove = () => {};
  afterAll(async () => {
    await down(which);
    remove();
    rmSync(dirname(which.dir), { recursive: true, force: true });
  });

  it('boots in its own subtree', async () => {
    const made = await bundleUp();
    remove = made.remove;
    // A mount namespace in which nothing but cgroup2 is mounted, as on most machines of today.
    const alone = 'umount -R /sys/fs/cgroup 2>/dev/null || umount -l /sys/fs/cgroup; mount -t cgroup2 cgroup2 /sys/fs/cgroup && exec "$@"';
    const { ended } = await upElsewhere(made.program, { ...which, nodes: 2 }, ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', alone, 'sh']);
    expect(await ended).toEqual({ code: 0, stderr: expect.any(String) });
    expect((await status(which)).lab.placement.mode).toBe('v2');
    expect(await answer(which, 'node1', 'stat -f -c %T /sys/fs/cgroup; systemctl is-system-running --wait; grep ^0: /proc/1/cgroup')).toBe('cgroup2fs\nrunning\n0::/init.scope');
    await down(which);
    await expect.poll(() => tracesOf(which), { timeout: 10_000 }).toEqual([]);
  });
});
