import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = execFileSync('git', ['ls-files', '-z', '--', 'README.md', 'docs/*.md', 'docs/how-to/*.md'], { cwd: root, encoding: 'utf8' }).split('\0').filter((name) => name !== '' && existsSync(join(root, name)));

/** Whole files of TypeScript in our pages: those that import and export something. */
const snippets = pages.flatMap((page) => [...readFileSync(join(root, page), 'utf8').matchAll(/^```ts\n(import [\s\S]*?)^```$/gm)].map(([, code = ''], index) => (code.includes('\nexport ') ? [{ name: join(code.includes("'./schema.ts'") ? 'inventory' : 'playbooks', `${page.replaceAll(/[/.]/g, '-')}-${index}.ts`), code }] : [])).flat());

// Beside the playbooks, since that is where a reader would put them: `../inventory/schema.ts` leads to ours.
const folder = join(root, 'test', '.snippets');

it('what our pages show compiles', { timeout: 120_000 }, () => {
  expect(snippets.length).toBeGreaterThan(3);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'playbooks'), { recursive: true });
  mkdirSync(join(folder, 'inventory'), { recursive: true });
  writeFileSync(join(folder, 'inventory', 'schema.ts'), "export * from '../../../inventory/schema.ts';\n");
  for (const { name, code } of snippets) writeFileSync(join(folder, name), code);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: '../../tsconfig.json', include: ['playbooks', 'inventory'] }));
  const { stdout, status } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});
