// npm run new:module AREA NAME: a module that works, with its cases, ready to be changed. --index: only the lists.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { moduleFolders, writeIndex } from './module-index.mjs';

const root = resolve(process.env.PLINTH_ROOT ?? join(dirname(fileURLToPath(import.meta.url)), '..'));
const placeholder = 'moduleName';

const [area, name] = process.argv.slice(2);
if (area === '--index') {
  writeIndex(root);
} else if (!area || !name) {
  fail('usage: npm run new:module AREA NAME, for example: npm run new:module system timezone');
} else {
  create(area, name);
}

function create(inArea, called) {
  if (!/^[a-z][A-Za-z0-9]*$/.test(called)) fail(`${called} is no name for a module: use a noun or verb in camelCase, as it is written in a playbook`);
  if (!/^[a-z]+$/.test(inArea) || inArea === 'args') fail(`${inArea} is no area: use one word in lower case, such as system`);
  const taken = moduleFolders(root).find((folder) => folder.name === called);
  if (taken) fail(`there is a module ${called} already, in src/modules/${taken.area}/${taken.name}`);
  const folder = join(root, 'src/modules', inArea, called);
  if (existsSync(folder)) fail(`${folder} is there already`);
  mkdirSync(dirname(folder), { recursive: true });
  cpSync(join(root, 'src/modules/_template'), folder, { recursive: true });
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath ?? file.path, file.name);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(placeholder, called));
  }
  // The template sits one folder higher than a module does.
  const index = join(folder, 'index.ts');
  writeFileSync(index, readFileSync(index, 'utf8').replaceAll("from '../", "from '../../"));
  writeIndex(root);
  console.log(`src/modules/${inArea}/${called}: change index.ts, cases/ and lab.yaml, then run: npx vitest run test/contract && npm run docs`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
