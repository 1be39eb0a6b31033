import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
const read = (name: string): string => readFileSync(`${root}/${name}`, 'utf8');

describe('what is committed', () => {
  it('locks npm packages by hash, not by the address they came from', () => {
    const lock = read('package-lock.json');
    expect(lock).not.toContain('"resolved"');
    expect(lock.match(/"integrity"/g)?.length).toBeGreaterThan(50);
  });

  it('locks the binaries of every platform, or npm ci refuses the lock (scripts/complete-lock.mjs mends it)', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { optionalDependencies?: Record<string, string> }> };
    const optional = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) => Object.keys(optionalDependencies).map((name) => [`${path}/node_modules/${name}`, `node_modules/${name}`] as const));
    expect(optional.length).toBeGreaterThan(20);
    expect(optional.filter((places) => !places.some((place) => packages[place])).map(([, name]) => name)).toEqual([]);
  });

  it('pins every dependency to one version', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) expect(`${name} ${version}`).toMatch(/ \d+\.\d+\.\d+$/);
  });

  it('names no package registry', () => {
    // In pieces, so that this file may be looked through as well.
    const hosts = [['registry', 'npmjs'], ['npmjs', 'org/'], ['deb', 'debian'], ['security', 'debian'], ['archive', 'ubuntu']].map((parts) => parts.join('.'));
    const texts = tracked.filter((name) => /\.(ts|mjs|cjs|json|ya?ml|sh|md|hbs)$|^\.npmrc$|^Vagrantfile$/.test(name));
    const found = texts.flatMap((name) => hosts.filter((host) => exists(name) && read(name).includes(host)).map((host) => `${name}: ${host}`));
    expect(found).toEqual([]);
  });
});

/** Deleted, but not yet committed. */
function exists(name: string): boolean {
  try {
    return read(name).length >= 0;
  } catch {
    return false;
  }
}
