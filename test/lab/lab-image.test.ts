import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { Apt } from '../../src/lab/apt/read-apt.ts';
import { buildRootfs } from '../../src/lab/rootfs/build-rootfs.ts';
import { noLab } from './real-lab.ts';

/** An mmdebstrap that takes a moment, notes that it was called, and makes a directory or fails. */
const fake = (log: string, ends: string) => `#!/bin/sh
echo called >> '${log}'
for last; do :; done
eval "target=\\\${$(($# - 1))}"
mkdir -p "$target/var/cache/apt/archives"
cp "$last" "$target/sources"
sleep 0.3
${ends}
`;

describe.skipIf(noLab)('the image of the nodes', () => {
  const dir = mkdtempSync(join(tmpdir(), 'plinth-image-'));
  const log = join(dir, 'log');
  const calls = () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0);
  const apt: Apt = { own: 'bookworm', conf: [], proxies: {}, sources: (suite) => [{ uris: ['http://mirror.example/debian'], suites: [suite], components: ['main'] }] };
  const build = (suite: string, packages: string[] = []) => buildRootfs({ suite, apt, packages, note: () => {}, enter: [] });
  const mmdebstrap = (ends: string) => {
    writeFileSync(join(dir, 'mmdebstrap'), fake(log, ends));
    chmodSync(join(dir, 'mmdebstrap'), 0o755);
    vi.stubEnv('PATH', `${dir}:${process.env.PATH}`);
    vi.stubEnv('XDG_CACHE_HOME', dir);
    rmSync(log, { force: true });
  };
  afterEach(() => vi.unstubAllEnvs());
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('is built once, however many ask for it at the same time, and found from then on', async () => {
    mmdebstrap('exit 0');
    const roots = await Promise.all([build('bookworm'), build('bookworm'), build('bookworm')]);
    expect(new Set(roots).size).toBe(1);
    expect(await build('bookworm')).toBe(roots[0]);
    expect(calls()).toBe(1);
    expect(readFileSync(join(roots[0] ?? '', 'sources'), 'utf8')).toBe('Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm\nComponents: main\n');
  });

  it('is another one for another release or other packages', async () => {
    mmdebstrap('exit 0');
    expect(new Set(await Promise.all([build('bookworm', ['python3']), build('trixie')])).size).toBe(2);
    expect(calls()).toBe(2);
  });

  it('is not there after a build that failed, nor is what it had made', async () => {
    mmdebstrap('echo "E: no such mirror" >&2; exit 1');
    await expect(build('forky')).rejects.toThrow(/cannot build the forky image[^]*no such mirror[^]*apt-get update/);
    expect(readdirSync(join(dir, 'plinth')).filter((name) => name.startsWith('forky') && !name.endsWith('.lock'))).toEqual([]);
    mmdebstrap('exit 0');
    expect(existsSync(await build('forky'))).toBe(true);
  });
});
