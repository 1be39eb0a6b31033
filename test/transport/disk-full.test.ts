import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/contract/connection.ts';
import { localConnection } from '../../src/transport/index.ts';

let dir: string;
let connection: Connection;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'plinth-full-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'none', dir]);
  connection = await localConnection();
});
afterAll(async () => {
  await connection.close();
  execFileSync('umount', [dir]);
  rmSync(dir, { recursive: true });
});

describe('a disk that is full', () => {
  it.each([['small', 30_000], ['streamed', 1_000_000], ['in several pieces', 9_000_000]])('says so, keeps the old file and leaves nothing (%s)', async (_name, size) => {
    const path = join(dir, 'kept');
    writeFileSync(path, 'old');
    writeFileSync(join(dir, 'filler'), Buffer.alloc(240 * 1024));
    const file = { path, content: Buffer.alloc(size, 65), mode: '0644', owner: 'root', group: 'root' };
    await expect(connection.put(file)).rejects.toMatchObject({ diagnostics: [{ cause: 'apply', summary: expect.stringContaining('cannot be written'), detail: expect.stringContaining('No space left'), hint: expect.stringContaining('space') }] });
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(dir).sort()).toEqual(['filler', 'kept']);
    expect((await connection.send([{ script: 'echo on' }]))[0]?.stdout).toBe('on\n');
  });

  it('says that a file system is read-only', async () => {
    writeFileSync(join(dir, 'filler'), '');
    execFileSync('mount', ['-o', 'remount,ro', dir]);
    const file = { path: join(dir, 'new'), content: Buffer.from('x'), mode: '0644', owner: 'root', group: 'root' };
    await expect(connection.put(file)).rejects.toMatchObject({ diagnostics: [{ cause: 'apply', detail: expect.stringContaining('Read-only') }] });
    execFileSync('mount', ['-o', 'remount,rw', dir]);
  });
});
