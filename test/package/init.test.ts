import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { initProject } from '../../src/cli/init/index.ts';
import { toolVersions } from '../../src/cli/init/starter/packageFile.ts';

let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'plinth init '))));
afterEach(() => rmSync(dir, { recursive: true }));

const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

describe('plinth init', () => {
  it('writes a project into an empty folder', async () => {
    const { files, next } = await initProject(dir, 'My Site', '1.2.3');
    expect(files).toEqual(expect.arrayContaining(['package.json', 'tsconfig.json', 'inventory/schema.ts', 'inventory/lab.yaml', 'playbooks/site.ts', 'modules/motd/index.ts', '.gitignore', 'README.md']));
    expect(json(join(dir, 'My Site/package.json'))).toMatchObject({ name: 'my-site', type: 'module', dependencies: { plinth: '^1.2.3' } });
    expect(next.slice(0, 2)).toEqual(["cd 'My Site'", 'npm install']);
  });

  it('adds to a package.json that npm made, and keeps what it says', async () => {
    writeFileSync(join(dir, 'package.json'), JSON.stringify({ version: '9.0.0', dependencies: { plinth: 'file:../plinth.tgz', typescript: '1.0.0' }, scripts: { plan: 'mine' } }));
    await initProject(dir, '.', '1.2.3');
    expect(json(join(dir, 'package.json'))).toMatchObject({ version: '9.0.0', type: 'module', dependencies: { plinth: 'file:../plinth.tgz', typescript: '1.0.0', zod: `^${toolVersions.zod}` }, scripts: { plan: 'mine', check: 'tsc' }, devDependencies: { vitest: `^${toolVersions.vitest}` } });
    expect(json(join(dir, 'package.json'))).not.toHaveProperty('devDependencies.typescript');
  });

  it('overwrites nothing and names everything that is in the way', async () => {
    mkdirSync(join(dir, 'playbooks'));
    writeFileSync(join(dir, 'playbooks/site.ts'), 'mine');
    writeFileSync(join(dir, 'README.md'), 'mine');
    await expect(initProject(dir, '.', '1.2.3')).rejects.toThrow(/would overwrite; nothing was written\n {2}README.md\n {2}playbooks\/site.ts\n {2}→ Give another folder/);
    expect(readFileSync(join(dir, 'playbooks/site.ts'), 'utf8')).toBe('mine');
    expect(() => readFileSync(join(dir, 'package.json'))).toThrow(/ENOENT/);
  });

  it.each([
    ['CommonJS', '{ "type": "commonjs" }', /says "type": "commonjs", but playbooks are ES modules/],
    ['not JSON', '{', /is not a package.json that can be read/],
    ['not a package', '{ "scripts": 1 }', /is not a package.json that can be read/],
  ])('says what is wrong with a package.json that is %s', async (_, text, message) => {
    writeFileSync(join(dir, 'package.json'), text);
    await expect(initProject(dir, '.', '1.2.3')).rejects.toThrow(message);
  });

  it('uses the tool versions that Plinth itself is tested with', () => {
    const ours = json(join(import.meta.dirname, '../../package.json'));
    expect(ours).toMatchObject({ dependencies: { zod: toolVersions.zod }, devDependencies: { '@types/node': toolVersions.node, typescript: toolVersions.typescript, vitest: toolVersions.vitest } });
  });
});
