import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { archive } from '../../src/modules/config/archive/index.ts';
import { unarchive } from '../../src/modules/config/unarchive/index.ts';
import { stampFor } from '../../src/modules/config/unarchive/unpacked.ts';
import { type Planned, planWith } from '../../src/testing/index.ts';
import { nodeShells, take } from '../contract/read/take.ts';
import { run } from './run.ts';

const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const endings = [['tar', 'tar'], ['tar.gz', 'gzip'], ['tar.xz', 'xz'], ['tar.zst', 'zstd'], ['tar.bz2', 'bzip2'], ['zip', 'zip']].filter(([, program = '']) => has(program)).map(([ending = '']) => ending);

let dir = '';
const at = (name: string): string => join(dir, name);
const stamps: string[] = [];

beforeAll(() => (dir = mkdtempSync(join(tmpdir(), "plinth archive's "))));
afterAll(() => {
  rmSync(dir, { recursive: true });
  for (const stamp of stamps) rmSync(stamp, { force: true });
});
beforeEach(() => {
  for (const name of readdirSync(dir)) rmSync(at(name), { recursive: true });
  mkdirSync(at('top/sub/empty'), { recursive: true });
  writeFileSync(at("top/sub/odd $x's"), 'odd');
  writeFileSync(at('top/run'), 'run');
  chmodSync(at('top/run'), 0o755);
  symlinkSync('run', at('top/.link'));
});

async function applied({ changes, refusals }: Planned, shell: readonly [string, ...string[]]): Promise<(string | undefined)[]> {
  expect(refusals).toEqual([]);
  for (const { change } of changes) expect(await run(change, shell)).toMatchObject({ code: 0 });
  return changes.map(({ from }) => from);
}

describe.each(nodeShells.flatMap((shell) => endings.map((ending) => [`${ending} by ${shell.join(' ')}`, ending, shell] as const)))('packed and unpacked: %s', (_, ending, shell) => {
  const packed = () => at(`packed.${ending}`);
  const to = () => at('to');
  // busybox unpacks xz and cannot pack it.
  const packer = ending === 'tar.xz' ? (['dash'] as const) : shell;
  const pack = async () => {
    const args = { paths: [at('top')], to: packed() };
    return applied(planWith(archive, args, await take(archive.observe(archive.args.parse(args)), [...packer])), packer);
  };
  const apply = async (args: z.input<typeof unarchive.args>) => applied(planWith(unarchive, args, await take(unarchive.observe(unarchive.args.parse(args)), shell)), shell);
  const unpack = () => {
    stamps.push(stampFor(packed(), to()));
    return { archive: packed(), to: to(), strip: join(dir, 'top').split('/').length - 1 };
  };

  it('comes back as it was, once, and again when a member is gone', async () => {
    expect(await pack()).toEqual([undefined]);
    expect(await pack()).toEqual([]);
    expect((statSync(packed()).mode & 0o777).toString(8)).toBe('600');
    mkdirSync(at('to/sub'), { recursive: true, mode: 0o700 });
    chmodSync(at('to/sub'), 0o700);
    writeFileSync(at('to/sub/theirs'), 'kept');

    expect(await apply(unpack())).toEqual([undefined]);
    expect(readFileSync(at("to/sub/odd $x's"), 'utf8')).toBe('odd');
    expect((statSync(at('to/run')).mode & 0o777).toString(8)).toBe('755');
    expect(readdirSync(to()).sort()).toEqual(['.link', 'run', 'sub']);
    expect(existsSync(at('to/sub/empty'))).toBe(true);
    expect((statSync(at('to/sub')).mode & 0o777).toString(8)).toBe('700');
    // zip follows links.
    expect(ending === 'zip' ? 'run' : readlinkSync(at('to/.link'))).toBe('run');
    expect(await apply(unpack())).toEqual([]);

    rmSync(at("to/sub/odd $x's"));
    expect(await apply(unpack())).toEqual(["without sub/odd $x's"]);
    expect(readFileSync(at("to/sub/odd $x's"), 'utf8')).toBe('odd');

    rmSync(packed());
    expect(await apply(unpack())).toEqual([]);
    expect(await apply({ ...unpack(), state: 'absent' })).toEqual([`what ${packed()} brought`]);
    expect(readdirSync(to())).toEqual(['sub']);
    expect(readdirSync(at('to/sub'))).toEqual(['theirs']);
    expect(await apply({ ...unpack(), state: 'absent' })).toEqual([]);
  });

  it('packs again what became newer, and leaves nothing of a broken archive', async () => {
    await pack();
    const later = new Date(Date.now() + 5000);
    spawnSync('touch', ['-d', later.toISOString(), at('top/run')]);
    expect(await pack()).toEqual([`older than ${at('top/run')}`]);

    writeFileSync(packed(), 'no archive at all, though it says so');
    const observed = await take(unarchive.observe(unarchive.args.parse(unpack())), shell);
    const [first] = planWith(unarchive, unpack(), observed).changes;
    expect(first && (await run(first.change, shell)).code).not.toBe(0);
    expect(readdirSync(to())).toEqual([]);
  });
});
