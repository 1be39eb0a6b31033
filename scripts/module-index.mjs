// Writes src/modules/index.ts and src/modules/catalog.ts from the folders that are there.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const header = '// Written by scripts/new-module.mjs --index: do not edit.\n';

/** Every module and action, sorted: area, folder, and whether the folder holds an action. */
export function moduleFolders(root) {
  const modules = join(root, 'src/modules');
  return foldersIn(modules)
    .flatMap((area) => foldersIn(join(modules, area)).map((name) => ({ area, name })))
    .filter(({ area, name }) => existsSync(join(modules, area, name, 'index.ts')))
    .sort((a, b) => compare(a.area, b.area) || compare(a.name, b.name));
}

export function writeIndex(root) {
  const folders = moduleFolders(root);
  const path = ({ area, name }) => `./${area}/${name}/index.ts`;
  const isAction = ({ area }) => area === 'actions';
  const exports = folders.map((folder) => `export * from '${path(folder)}';`);
  const imports = folders.map((folder) => `import { ${folder.name} } from '${path(folder)}';`);
  const entry = ({ area, name }) => `  { area: '${area}', folder: '${area}/${name}', of: ${name} },`;
  writeFileSync(join(root, 'src/modules/index.ts'), `${[header.trimEnd(), ...exports].join('\n')}\n`);
  writeFileSync(
    join(root, 'src/modules/catalog.ts'),
    `${header}import type { Action, Module } from '../contract/index.ts';
${imports.join('\n')}

/** A module or action, and where its folder is under src/modules. */
export interface Entry<T> {
  readonly area: string;
  readonly folder: string;
  readonly of: T;
}

export const modules: readonly Entry<Module>[] = [
${folders.filter((folder) => !isAction(folder)).map(entry).join('\n')}
];

/** What handlers may do. */
export const actions: readonly Entry<Action>[] = [
${folders.filter(isAction).map(entry).join('\n')}
];
`,
  );
  return folders;
}

const foldersIn = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
    .map(({ name }) => name);

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
