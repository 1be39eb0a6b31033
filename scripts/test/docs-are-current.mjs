// Generates what is generated and fails where that changes a file: what is committed must be what the code says.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from '../setup.mjs';

const generated = ['docs/modules', 'src/modules/index.ts', 'src/modules/catalog.ts', 'src/modules/examples.json'];

const before = digests();
const output = await run(process.execPath, ['scripts/docs.mjs'], { quiet: true });
const after = digests();
const stale = [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name)).sort();
if (stale.length > 0) {
  console.error(`${output}these generated files were not current; they are now, commit them:\n${stale.map((name) => `  ${name}`).join('\n')}`);
  process.exitCode = 1;
}

function digests() {
  const files = generated.filter((path) => existsSync(join(root, path))).flatMap(filesUnder);
  return new Map(files.map((name) => [name, createHash('sha256').update(readFileSync(join(root, name))).digest('hex')]));
}

function filesUnder(path) {
  if (statSync(join(root, path)).isFile()) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}
