import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { localTree } from '../../src/dsl/local-tree.ts';
import { run } from '../../src/engine/index.ts';
import { createMasker } from '../../src/engine/mask.ts';
import { defineFleet, playbook } from '../../src/index.ts';
import { copy } from '../../src/modules/config/copy/index.ts';
import type { RunEvent } from '../../src/report/event.ts';
import { openConnection } from '../../src/transport/index.ts';

let dir = '';
const big = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, at) => at % 251));

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'plinth-copy-'));
  mkdirSync(join(dir, 'from/deep'), { recursive: true });
  writeFileSync(join(dir, 'from/deep/big.bin'), big);
  writeFileSync(join(dir, 'from/small.bin'), Buffer.from([0, 255, 10]));
  writeFileSync(join(dir, 'from/run'), '#!/bin/sh\n', { mode: 0o755 });
});
afterAll(() => rmSync(dir, { recursive: true }));

async function apply(): Promise<RunEvent[]> {
  const fleet = defineFleet({ shared: z.strictObject({}), groups: {} });
  const program = playbook(fleet, ({ play, groups }) => {
    play('Copy', groups.all, ({ task }) => {
      task('the tree', copy, { from: localTree(join(dir, 'from')), to: join(dir, 'to'), delete: true, owner: 'root', group: 'root' });
    });
  }).build({ hosts: [{ name: 'here', groups: [], vars: {} }], groups: {} });
  const events: RunEvent[] = [];
  await run(program, {
    mode: 'apply',
    meta: { run: 'copy', playbook: 'copy', inventory: 'copy', version: 'test' },
    connect: () => openConnection({ host: 'here', transport: 'local' }),
    emit: (event) => void events.push(event),
    signal: new AbortController().signal,
    masker: createMasker(),
  });
  return events;
}

const resultOf = (events: RunEvent[]) => events.find((event) => event.type === 'taskResult');

it('puts bytes in place as they are, small ones and large ones, and nothing the second time', async () => {
  expect(resultOf(await apply())).toMatchObject({ status: 'changed' });
  expect(readFileSync(join(dir, 'to/deep/big.bin')).equals(big)).toBe(true);
  expect([...readFileSync(join(dir, 'to/small.bin'))]).toEqual([0, 255, 10]);
  expect((statSync(join(dir, 'to/run')).mode & 0o777).toString(8)).toBe('755');
  expect(resultOf(await apply())).toMatchObject({ status: 'ok', changes: [] });

  writeFileSync(join(dir, 'to/small.bin'), 'changed by hand');
  writeFileSync(join(dir, 'to/stray'), '');
  expect(resultOf(await apply())).toMatchObject({ status: 'changed', changes: [{ what: join(dir, 'to/small.bin') }, { what: join(dir, 'to/stray') }] });
  expect(resultOf(await apply())).toMatchObject({ status: 'ok' });
});
