import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { download } from '../../src/modules/config/download/index.ts';
import { planWith } from '../../src/testing/index.ts';
import { nodeShells } from '../contract/read/take.ts';
import { run } from './run.ts';

const body = Buffer.alloc(200_000, 'plinth ');
const sha256 = createHash('sha256').update(body).digest('hex');
let server: Server;
let base = '';
let dir = '';
/** What was asked for: address and range. */
let asked: string[] = [];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "plinth download's "));
  server = createServer(({ url = '', headers: { range } }, response) => {
    asked.push(`${url}${range === undefined ? '' : ` ${range}`}`);
    if (url === '/missing') return response.writeHead(404).end('no');
    if (url === '/wrong') return response.end('something else');
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    if (url === '/plain' || from === 0) return response.end(body);
    if (from >= body.length) return response.writeHead(416).end();
    return response.writeHead(206, { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` }).end(body.subarray(from));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // A PATH without curl.
  mkdirSync(join(dir, 'wget only'));
  for (const name of ['wget', 'sha256sum', 'chown', 'chmod', 'mv', 'rm', 'readlink', 'cat', 'grep']) symlinkSync(spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim(), join(dir, 'wget only', name));
});
afterAll(() => {
  server.close();
  rmSync(dir, { recursive: true });
});
beforeEach(() => {
  asked = [];
  for (const name of readdirSync(dir)) if (name !== 'wget only') rmSync(join(dir, name));
});

const programs = [['curl', () => ({})], ['wget', () => ({ PATH: join(dir, 'wget only') })]] as const;

// The wget inside of Debian's static busybox crashes when it looks up any name, and its shell takes no other.
const usable = ([command]: readonly string[], name: string): boolean => command !== 'busybox' || name !== 'wget';

describe.each(nodeShells.flatMap((shell) => programs.filter(([name]) => usable(shell, name)).map(([name, env]) => [`${shell.join(' ')} with ${name}`, shell, env] as const)))('a download by %s', (_, shell, env) => {
  const to = () => join(dir, 'kubelet');
  const part = () => join(dir, '.plinth-part-kubelet');
  const get = async (...paths: string[]) => {
    const [first] = planWith(download, { url: paths.map((path) => base + path), sha256, to: to(), mode: '0750' }, {}).changes;
    if (!first) throw new Error('nothing to do');
    // The PATH of the script need not hold the shell itself.
    const absolute = spawnSync('sh', ['-c', `command -v ${shell[0]}`], { encoding: 'utf8' }).stdout.trim();
    return run(first.change, [absolute, ...shell.slice(1)], env());
  };

  it('puts the file in place with its permissions', async () => {
    expect(await get('/file')).toMatchObject({ code: 0 });
    expect(readFileSync(to()).equals(body)).toBe(true);
    expect((statSync(to()).mode & 0o777).toString(8)).toBe('750');
    expect(existsSync(part())).toBe(false);
  });

  it('goes on to the next address, and says why none will do', async () => {
    expect(await get('/missing', '/wrong', '/file')).toMatchObject({ code: 0 });
    expect(readFileSync(to()).equals(body)).toBe(true);
    rmSync(to());
    const failed = await get('/missing', '/wrong');
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain(`/missing: nothing came`);
    expect(failed.stderr).toContain(`/wrong: what came has the sha256 ${createHash('sha256').update('something else').digest('hex')}`);
    expect(failed.stderr).toContain('no address gave the file');
    expect(existsSync(to())).toBe(false);
  });

  it('goes on where an interrupted try ended', async () => {
    writeFileSync(part(), body.subarray(0, 150_000));
    expect(await get('/file')).toMatchObject({ code: 0 });
    expect(asked).toEqual(['/file bytes=150000-']);
    expect(readFileSync(to()).equals(body)).toBe(true);
  });

  it('starts anew when the part was of something else', async () => {
    writeFileSync(part(), 'x'.repeat(1000));
    expect(await get('/file')).toMatchObject({ code: 0 });
    expect(readFileSync(to()).equals(body)).toBe(true);
  });

  it('takes a part that is whole without asking', async () => {
    writeFileSync(part(), body);
    expect(await get('/file')).toMatchObject({ code: 0 });
    expect(asked).toEqual([]);
  });
});
