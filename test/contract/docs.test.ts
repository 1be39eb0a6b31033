import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { describeModules } from '../../src/modules/describe.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

it('the module reference is what the modules and their cases say (run: npm run docs)', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/docs.mjs', '--check'], { cwd: root, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

it('every module is described with its arguments and an example', () => {
  const described = describeModules();
  expect(described.filter(({ kind, examples }) => kind === 'module' && examples.length === 0).map(({ name }) => name)).toEqual(['assert', 'kernelCheck'].filter((name) => described.some((one) => one.name === name)));
  const file = described.find(({ name }) => name === 'file');
  expect(file).toMatchObject({ kind: 'module', area: 'files', args: { type: 'object', additionalProperties: false, required: ['path'] } });
  expect(JSON.parse(JSON.stringify(described))).toEqual(described);
});
