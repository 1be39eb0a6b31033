import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { actions, modules } from '../../src/modules/catalog.ts';
import { describeModules } from '../../src/modules/describe.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

it('the module reference is what the modules and their cases say (run: npm run docs)', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/docs.mjs', '--check'], { cwd: root, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

it('every module and action is described, with its arguments as JSON Schema and examples of its use', () => {
  const described = describeModules();
  expect(described.map(({ name }) => name)).toEqual([...modules, ...actions].map(({ of }) => of.name));
  const file = described.find(({ name }) => name === 'file');
  expect(file).toMatchObject({ kind: 'module', area: 'files', args: { type: 'object', additionalProperties: false, required: ['path'] }, examples: expect.arrayContaining([expect.objectContaining({ code: expect.stringContaining('file, {') })]) });
  expect(JSON.parse(JSON.stringify(described))).toEqual(described);
});
