// npm run docs: writes src/modules/examples.json and docs/modules from the modules and their cases. --check: only says what is out of date.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { exampleOf } from './docs/example.mjs';
import { indexPage, modulePage } from './docs/page.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const docs = join(root, 'docs/modules');
const isCheck = process.argv.includes('--check');

const files = new Map();
const cases = await load('src/testing/read-cases.ts');
const { actions, modules } = await load('src/modules/catalog.ts');
const shown = Object.fromEntries([...modules.map(shownModule), ...actions.map(shownAction)]);
files.set(join(root, 'src/modules/examples.json'), `${JSON.stringify(shown, undefined, 2)}\n`);

const { describeModules } = await load('src/modules/describe.ts');
const described = describeModules().map((one, index) => ({ ...one, ...shown[[...modules, ...actions][index].folder] }));
for (const one of described) files.set(join(docs, `${one.name}.md`), modulePage(one));
files.set(join(docs, 'README.md'), indexPage(described));

const stale = [...files].filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text).map(([path]) => path);
const extra = existsSync(docs) ? readdirSync(docs).map((name) => join(docs, name)).filter((path) => !files.has(path)) : [];
if (isCheck) {
  for (const path of [...stale, ...extra]) console.error(`${relative(root, path)} is out of date: run npm run docs`);
  if (stale.length + extra.length > 0) process.exitCode = 1;
} else {
  mkdirSync(docs, { recursive: true });
  for (const path of stale) writeFileSync(path, files.get(path));
  for (const path of extra) rmSync(path);
  console.log(`${described.length} modules and actions, ${stale.length + extra.length} files changed`);
}

/** Bundled beside the packages it imports, then loaded: the sources are TypeScript, and this Node may not read it. */
async function load(entry) {
  const folder = join(root, 'node_modules/.cache/plinth-docs');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${entry.replaceAll('/', '-')}.${process.pid}.mjs`);
  try {
    const own = { name: 'examples', setup: ({ onResolve, onLoad }) => {
      // The examples are what is being made here: the old ones must not be needed to make them.
      onResolve({ filter: /\/examples\.json$/ }, () => ({ path: 'examples', namespace: 'none' }));
      onLoad({ filter: /.*/, namespace: 'none' }, () => ({ contents: 'export default {};' }));
    } };
    await build({ entryPoints: [join(root, entry)], bundle: true, format: 'esm', platform: 'node', target: 'node20', packages: 'external', outfile, logLevel: 'error', plugins: [own] });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile, { force: true });
  }
}

function shownModule({ folder, of }) {
  const own = cases.readCases(join(root, 'src/modules', folder));
  const output = own.find((one) => one.output !== undefined)?.output;
  return [
    folder,
    {
      examples: own.filter(({ changes }) => changes?.length > 0).sort((a, b) => rankOf(a) - rankOf(b)).map((one) => ({ what: one.what, code: exampleOf('task', of.name, one) })),
      refuses: own.filter(({ error, refusal }) => error ?? refusal).map(({ what }) => what),
      ...(output === undefined ? {} : { output }),
    },
  ];
}

/** First what makes a thing, last what takes it away. */
function rankOf({ file, args }) {
  if (args?.state === 'absent') return 2;
  return file === 'cases/new.yaml' ? 0 : 1;
}

function shownAction({ folder, of }) {
  const own = cases.readActionCases(join(root, 'src/modules', folder));
  return [folder, { examples: own.map((one) => ({ what: one.what, code: exampleOf('handler', of.name, one) })), refuses: [] }];
}
