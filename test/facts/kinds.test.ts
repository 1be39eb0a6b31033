import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { read } from '../../src/contract/index.ts';
import { answer, type Shell, shells, take } from './shell.ts';

const folder = mkdtempSync(join(tmpdir(), 'plinth-kinds-'));
afterAll(() => rmSync(folder, { recursive: true }));
const lines = (command: string, ...args: string[]): string[] => spawnSync(command, args, { encoding: 'utf8' }).stdout.trim().split('\n');

describe.each(shells)('kinds of readings on this machine, by %s', (shell: Shell) => {
  it('reads packages by name, whatever order dpkg answers in', async () => {
    const names = ['zzz-no-such-package', 'libc-bin', 'bash', `bash:${lines('dpkg', '--print-architecture')[0]}`];
    const texts = await answer(shell, read.package('bash').kind, names);
    const found = texts.map((text, i) => read.package('bash').kind.parse(text, names[i] ?? ''));
    expect(found[0]).toBeUndefined();
    expect(found[1]).toEqual({ version: lines('dpkg-query', '-W', '-f=${Version}', 'libc-bin')[0], held: false, broken: false });
    expect(found[2]?.version).toBe(lines('dpkg-query', '-W', '-f=${Version}', 'bash')[0]);
    expect(found[3]).toEqual(found[2]);
  });

  it('reads what would be installed', async () => {
    const kind = read.candidate('bash').kind;
    const [none, bash] = await answer(shell, kind, ['zzz-no-such-package', 'bash']);
    expect(none).toBeUndefined();
    expect(bash).toMatch(/^\d/);
  });

  it('reads accounts with their groups', async () => {
    const kind = read.account('root').kind;
    const [none, root, daemon] = (await answer(shell, kind, ['no_such_user', 'root', 'daemon'])).map((text) => kind.parse(text, ''));
    expect(none).toBeUndefined();
    expect(root).toMatchObject({ uid: 0, gid: 0, group: 'root', home: '/root' });
    expect(daemon).toMatchObject({ uid: 1, group: 'daemon', password: 'locked' });
  });

  it('reads the user who logged in, before sudo', async () => {
    expect(await take(shell, read.login(), { PATH: process.env.PATH ?? '' })).toBe(lines('id', '-un')[0]);
  });

  it('reads the kernel, and of its configuration only what is asked', async () => {
    const kernel = await take(shell, read.kernel());
    expect(kernel.release).toBe(lines('uname', '-r')[0]);
    const kind = read.kernelConfig('NET').kind;
    const [net, nonsense] = (await answer(shell, kind, ['NET', 'NO_SUCH_OPTION'])).map((text) => kind.parse(text, ''));
    expect(net).toBe(kernel.config ? 'y' : undefined);
    expect(nonsense).toBe(kernel.config ? 'n' : undefined);
  });

  it('tells a module that does not exist from one that is there', async () => {
    const kind = read.kernelModule('x').kind;
    const [none, proc] = (await answer(shell, kind, ['no_such_module', 'proc'])).map((text) => kind.parse(text, ''));
    expect(none).toBeUndefined();
    expect(proc?.state).toBe('builtin');
  });

  it('reads times of files, finer than seconds where stat can', async () => {
    const file = join(folder, 'a file');
    writeFileSync(file, '');
    utimesSync(file, 1_700_000_000.25, 1_700_000_000.25);
    const kind = read.fileTime(file).kind;
    const [none, time] = (await answer(shell, kind, [join(folder, 'none'), file])).map((text) => kind.parse(text, ''));
    expect(none).toBeUndefined();
    const mtime = statSync(file).mtimeMs;
    expect(time).toBeCloseTo(shell === 'busybox sh' ? Math.floor(mtime / 1000) * 1000 : mtime, 0);
  });

  it('reads the keys of a user together with who may read them', async () => {
    const kind = read.keyFile('root').kind;
    const [none, root] = (await answer(shell, kind, ['no_such_user', 'root'])).map((text) => kind.parse(text, ''));
    expect(none).toBeUndefined();
    expect(root?.home).toBe('/root');
  });

  it('reads every assignment of kernel parameters', async () => {
    const settings = await take(shell, read.sysctlFiles());
    for (const { file, line, key } of settings ?? []) expect(readFileSync(file, 'utf8').split('\n')[line - 1]?.replaceAll('/', '.')).toContain(key.replaceAll('/', '.'));
  });

  it('reads what gives swap', async () => {
    const swaps = await take(shell, read.swaps());
    expect(swaps.active.map(({ name }) => name)).toEqual(readFileSync('/proc/swaps', 'utf8').split('\n').filter((line) => line.startsWith('/')).map((line) => line.split(/\s/)[0]));
  });
});
