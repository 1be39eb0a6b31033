import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'plinth-bin-'));
  mkdirSync(join(dir, 'bin'));
  copyFileSync(fileURLToPath(new URL('../../bin/plinth.cjs', import.meta.url)), join(dir, 'bin/plinth.cjs'));
  writeFileSync(join(dir, 'package.json'), '{"version":"1.2.3","type":"module"}');
});
afterEach(() => rmSync(dir, { recursive: true }));

const bundle = (start: string): void => {
  mkdirSync(join(dir, 'dist'), { recursive: true });
  writeFileSync(join(dir, 'dist/cli.cjs'), `exports.start = async (version) => { ${start} };`);
};
const run = (...args: string[]): { code: number | null; out: string; err: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(dir, 'bin/plinth.cjs'), ...args], { env: { HOME: dir, PATH: process.env.PATH ?? '' }, encoding: 'utf8', maxBuffer: 1 << 26 });
  return { code: status, out: stdout, err: stderr };
};
const caches = (): string[] => (existsSync(join(dir, '.cache/plinth/cli')) ? readdirSync(join(dir, '.cache/plinth/cli')) : []);

describe('bin/plinth.cjs', () => {
  it('tells the version without the bundle, and what to do where there is none', () => {
    expect(run('--version')).toEqual({ code: 0, out: '1.2.3\n', err: '' });
    expect(run('list').code).toBe(1);
    expect(run('list').err).toContain('npm run build');
  });

  it('hands on the exit code, the version and every byte of output', () => {
    bundle("process.stdout.write('x'.repeat(1 << 22)); process.stderr.write(version); setTimeout(() => {}, 60000); return 2;");
    const { code, out, err } = run('list');
    expect({ code, length: out.length, err }).toEqual({ code: 2, length: 1 << 22, err: '1.2.3' });
  });

  it('keeps what V8 compiled, for the user alone, and replaces what is damaged or of another bundle', () => {
    bundle("process.stdout.write('one'); return 0;");
    expect(run('list').out).toBe('one');
    const [first = ''] = caches();
    const path = join(dir, '.cache/plinth/cli', first);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    writeFileSync(path, 'damaged');
    expect(run('list').out).toBe('one');
    expect(readFileSync(path).length).toBeGreaterThan(100);
    bundle("process.stdout.write('two'); return 0;");
    utimesSync(join(dir, 'dist/cli.cjs'), new Date(), new Date(Date.now() + 5000));
    expect(run('list').out).toBe('two');
    expect(caches()).toHaveLength(1);
  });

  it('tells a crash of the bundle', () => {
    bundle("throw new TypeError('broken');");
    expect(run('list')).toMatchObject({ code: 1, err: expect.stringContaining('TypeError: broken') as unknown });
  });
});
