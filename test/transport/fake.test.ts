import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeHost, type Faults } from '../../src/transport/index.ts';

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'plinth-faulty-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));
const host = (faults: Faults) => fakeHost({ host: 'fake', dir, faults });
const steps = [{ script: ': >one' }, { script: ': >two' }, { script: ': >three' }];

describe('a fake host', () => {
  it('refuses as often as it should', async () => {
    const fake = host({ refuse: 2 });
    for (const _ of [1, 2]) await expect(fake.connect()).rejects.toMatchObject({ diagnostics: [{ cause: 'unreachable' }] });
    await (await fake.connect()).close();
    expect(fake.connects).toBe(3);
  });
  it('lets nobody in', async () => {
    await expect(host({ auth: true }).connect()).rejects.toMatchObject({ diagnostics: [{ cause: 'auth' }] });
  });
  it.each([['before', [true, false, false]], ['after', [true, true, false]]] as const)('drops the link %s a step', async (when, there) => {
    const connection = await host({ drop: { step: 1, when } }).connect();
    await expect(connection.send(steps)).rejects.toMatchObject({ diagnostics: [{ cause: 'lost' }] });
    expect(['one', 'two', 'three'].map((name) => existsSync(join(dir, name)))).toEqual(there);
    await connection.close();
  });
  it('hangs until it is given up', async () => {
    const connection = await host({ hang: { step: 0 } }).connect();
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 200);
    await expect(connection.send(steps, { signal: abort.signal })).rejects.toMatchObject({ diagnostics: [{ cause: 'aborted' }] });
    await connection.close();
  }, 20_000);
  it('damages what comes back', async () => {
    await expect(fakeHost({ host: 'fake', dir, faults: { corrupt: 7 }, timeout: 500 }).connect()).rejects.toMatchObject({ diagnostics: [{ cause: 'lost' }] });
  });
  it('answers late', async () => {
    const connection = await host({ delay: 20 }).connect();
    expect((await connection.send(steps)).map((reply) => reply?.code)).toEqual([0, 0, 0]);
    await connection.close();
  });
});
