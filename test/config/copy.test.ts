import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlinthError, read, type Source } from '../../src/contract/index.ts';
import { localTree } from '../../src/dsl/local-tree.ts';
import { copy } from '../../src/modules/config/copy/index.ts';
import { planWith } from '../../src/testing/index.ts';
import { nodeShells, take } from '../contract/read/take.ts';

let dir = '';
const at = (name: string): string => join(dir, name);
const whole = async (source: Source | undefined): Promise<string> => {
  let text = '';
  for await (const part of source?.open() ?? []) text += Buffer.from(part).toString();
  return text;
};
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "plinth tree's "));
  mkdirSync(at('a b/deep'), { recursive: true });
  mkdirSync(at('.git'));
  writeFileSync(at('.git/config'), 'skipped');
  writeFileSync(at('a b/-run $x'), 'run');
  chmodSync(at('a b/-run $x'), 0o755);
  writeFileSync(at('index|1'), 'index');
  chmodSync(at('index|1'), 0o644);
  symlinkSync('a b/-run $x', at('latest'));
});
afterAll(() => rmSync(dir, { recursive: true }));

describe('a local tree', () => {
  it('tells files, links and folders, and reads a file when it is sent', async () => {
    const tree = localTree(dir, { skip: ['.git'] });
    expect(tree.directories).toEqual(['a b', 'a b/deep']);
    expect(tree.links).toEqual([{ path: 'latest', target: 'a b/-run $x' }]);
    expect(tree.files.map(({ path, size, executable }) => ({ path, size, executable }))).toEqual([
      { path: 'a b/-run $x', size: 3, executable: true },
      { path: 'index|1', size: 5, executable: false },
    ]);
    expect(tree.files.map((file) => file.sha256)).toEqual([sha256('run'), sha256('index')]);
    expect(await whole(tree.files[1]?.content)).toBe('index');
  });

  it('will not send what was changed since', async () => {
    writeFileSync(at('.git/config'), 'one');
    const { files } = localTree(at('.git'));
    writeFileSync(at('.git/config'), 'two');
    await expect(files[0]?.content.check?.()).rejects.toThrow('was changed since the playbook was loaded');
  });

  it('says what cannot be copied', () => {
    expect(() => localTree(at('none'))).toThrow(PlinthError);
  });
});

describe.each(nodeShells.map((shell) => [shell.join(' '), shell] as const))('the reading of a tree by %s', (_, shell) => {
  it('finds the tree it was made of converged', async () => {
    const from = localTree(dir);
    const { uid, gid } = { uid: 'root', gid: 'root' };
    const args = { from, to: dir, delete: true, owner: uid, group: gid };
    const observed = await take(copy.observe(copy.args.parse(args)), shell);
    expect(planWith(copy, args, observed).changes.map(({ what, from: is, to }) => ({ what, is, to }))).toEqual([]);
  });

  it('tells extras, odd names among them, and what differs', async () => {
    writeFileSync(at('stray\nline'), 'x');
    const from = localTree(at('a b'));
    const found = await take({ tree: read.tree(dir, { paths: ['index|1', 'latest', 'none'], all: true }), some: read.tree(dir, { paths: ['index|1', 'none'], all: false }), none: read.tree(at('none'), { paths: ['x'], all: true }) }, shell);
    rmSync(at('stray\nline'));
    expect(Object.keys(found.tree ?? {}).sort()).toEqual(['.git', '.git/config', 'a b', 'a b/-run $x', 'a b/deep', 'index|1', 'latest', 'stray\nline']);
    expect(found.tree?.['index|1']).toMatchObject({ type: 'file', sha256: sha256('index'), size: 5 });
    expect(found.tree?.latest).toMatchObject({ type: 'link', target: 'a b/-run $x' });
    expect(Object.keys(found.some ?? {})).toEqual(['index|1']);
    expect(found.none).toBeUndefined();
    expect(from.files.length).toBe(1);
  });
});
