import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { moduleFolders } from '../../scripts/module-index.mjs';
import { moduleName } from '../../src/modules/_template/index.ts';
import { actions, modules } from '../../src/modules/catalog.ts';
import { checkAction, checkModule, readLabCases } from '../../src/testing/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const inModules = (folder: string): string => join(root, 'src/modules', folder);

describe.each(modules.map(({ folder, of }) => [folder, of] as const))('%s', (folder, module) => {
  it.each(checkModule(module, inModules(folder)).map(({ law, problems }) => [law, problems] as const))('%s', (_, problems) => {
    expect(problems).toEqual([]);
  });

  it('says what is to be tried on real nodes', () => {
    expect(readLabCases(inModules(folder)).length).toBeGreaterThan(0);
  });
});

describe.each(actions.map(({ folder, of }) => [folder, of] as const))('%s', (folder, action) => {
  it.each(checkAction(action, inModules(folder)).map(({ law, problems }) => [law, problems] as const))('%s', (_, problems) => {
    expect(problems).toEqual([]);
  });
});

describe('the template of a module', () => {
  it('keeps every law but its name', () => {
    const findings = checkModule(moduleName, inModules('_template')).filter(({ problems }) => problems.length > 0);
    expect(findings.map(({ law }) => law)).toEqual(['is named like its folder']);
  });
});

describe('the catalogue', () => {
  it('lists every folder that holds a module or action (run: node scripts/new-module.mjs --index)', () => {
    const listed = [...modules, ...actions].map(({ folder }) => folder).sort();
    expect(listed).toEqual(moduleFolders(root).map(({ area, name }) => `${area}/${name}`).sort());
  });

  it('gives no name twice', () => {
    const names = [...modules, ...actions].map(({ of }) => of.name);
    expect(names).toEqual([...new Set(names)]);
  });

  it('leaves no case file of another ending lying about', () => {
    const others = modules.flatMap(({ folder }) => readdirSync(inModules(`${folder}/cases`)).filter((name) => !name.endsWith('.yaml')));
    expect(others).toEqual([]);
  });
});
