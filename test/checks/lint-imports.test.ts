import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/lint-imports.mjs', import.meta.url));
const made: string[] = [];
afterEach(() => made.splice(0).forEach((dir) => rmSync(dir, { recursive: true })));

/** What the lint says about a tree of these files. */
function complaints(files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'plinth-imports-'));
  made.push(root);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const { stderr, status } = spawnSync(process.execPath, [script, root], { encoding: 'utf8' });
  const lines = stderr.split('\n').filter(Boolean);
  expect(status).toBe(lines.length > 0 ? 1 : 0);
  return lines;
}

describe('import directions', () => {
  it('finds nothing in this repository', () => {
    expect(() => execFileSync(process.execPath, [script], { stdio: 'pipe' })).not.toThrow();
  });

  it('finds nothing in a well-ordered tree', () => {
    expect(
      complaints({
        'src/contract/a.ts': 'export const a = 1;',
        'src/dsl/b.ts': `import { a } from '../contract/a.ts'; export const b = a; export interface B { b: number }`,
        'src/engine/c.ts': `import type { B } from '../dsl/b.ts'; import { a } from '../contract/a.ts'; export const c: B = { b: a };`,
        'src/modules/files/d.ts': `import { createHash } from 'node:crypto'; export const d = { process: createHash };`,
        'src/transport/ssh/e.ts': `import { Client } from 'ssh2'; export const e = Client;`,
        'playbooks/f.ts': `import { playbook } from 'plinth'; export default playbook;`,
      }),
    ).toEqual([]);
  });

  it.each([
    ['a module that imports the engine', 'src/modules/x/index.ts', `import { run } from '../../engine/run.ts';`, 'modules does not import engine'],
    ['a contract that imports a module', 'src/contract/x.ts', `export { y } from '../modules/y.ts';`, 'contract does not import modules'],
    ['anyone who imports the cli', 'src/engine/x.ts', `await import('../cli/main.ts');`, 'engine does not import cli'],
    ['an engine that takes a value from the dsl', 'src/engine/x.ts', `import { task } from '../dsl/task.ts';`, 'engine may import only types from dsl'],
    ['an engine that takes a reporter', 'src/engine/x.ts', `import { plain } from '../report/plain.ts';`, 'engine does not import report'],
    ['ssh2 outside of its folder', 'src/transport/openssh/x.ts', `import { Client } from 'ssh2';`, 'ssh2 is imported only under src/transport/ssh/'],
    ['listr2 outside of the reports', 'src/cli/x.ts', `import { Listr } from 'listr2';`, 'listr2 is imported only under src/report/'],
    ['zx in the engine', 'src/engine/x.ts', `import { $ } from 'zx';`, 'zx is imported only under src/lab/'],
    ['I/O in a module', 'src/modules/x/index.ts', `import { readFileSync } from 'node:fs';`, 'does not import node:fs'],
    ['an async module', 'src/modules/x/index.ts', `export const x = async () => 1;`, 'a module is never async'],
    ['a module that waits', 'src/modules/x/index.ts', `export const x = await 1;`, 'a module is never async'],
    ['a module that looks at its process', 'src/modules/x/index.ts', `export const x = () => process.env.HOME;`, 'does not use process'],
    ['the package by its own name', 'src/dsl/x.ts', `import { z } from 'plinth';`, 'imported by its path'],
    ['an example that reaches inside', 'playbooks/x.ts', `import { y } from '../src/dsl/y.ts';`, 'examples import plinth as its users do'],
    ['a folder without a place', 'src/utils/x.ts', `export const x = 1;`, 'src/utils has no place'],
  ])('finds %s', (_, file, text, message) => {
    const [first, ...more] = complaints({ [file]: text });
    expect(first).toContain(`${file}:1: `);
    expect(first).toContain(message);
    expect(more).toEqual([]);
  });

  it('finds circles, and lets types and lazy imports make them', () => {
    const a = `import { b } from './b.ts'; export const a = b;`;
    expect(complaints({ 'src/dsl/a.ts': a, 'src/dsl/b.ts': `export { c as b } from './c.ts';`, 'src/dsl/c.ts': `import { a } from './a.ts'; export const c = a;` })).toEqual([
      'src/dsl/a.ts -> src/dsl/b.ts -> src/dsl/c.ts -> src/dsl/a.ts: a circle of imports',
    ]);
    expect(complaints({ 'src/dsl/a.ts': a, 'src/dsl/b.ts': `import type { A } from './a.ts'; export const b = (): Promise<A> => import('./a.ts');` })).toEqual([]);
  });
});
