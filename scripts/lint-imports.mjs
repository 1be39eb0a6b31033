// Imports point one way (DESIGN, ARCHITECTURE.md): this says where they do not. Run: node scripts/lint-imports.mjs [ROOT]
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseSync } from 'oxc-parser';

/** What each layer under src may import; `types:` means that only types may come from there. */
const mayImport = {
  contract: [],
  advise: ['contract'],
  cluster: ['contract', 'advise', 'types:bundle'],
  bundle: ['contract', 'dsl/file-source.ts'],
  dsl: ['contract'],
  engine: ['contract', 'types:dsl', 'report/event.ts', 'report/schema.ts'],
  inventory: ['contract', 'dsl/fleet.ts', 'types:dsl'],
  modules: ['contract'],
  transport: ['contract'],
  report: ['contract'],
  lab: ['contract'],
  testing: ['contract', 'dsl', 'modules'],
  verify: ['contract'],
  index: ['contract', 'dsl', 'inventory/define.ts', 'advise', 'bundle', 'verify'],
  cli: ['contract', 'dsl', 'engine', 'inventory', 'modules', 'transport', 'report', 'lab', 'index', 'testing', 'advise', 'cluster', 'bundle', 'verify'],
};

/** Packages with one home each, so that a change of library is a change of one folder. */
const homeOf = {
  ssh2: ['src/transport/ssh/'],
  listr2: ['src/report/'],
  '@opentelemetry': ['src/report/otel/'],
  'age-encryption': ['src/inventory/secrets/age/'],
  zx: ['src/lab/', 'test/vagrant/', 'scripts/'],
};

/** Example playbooks and fleets use the package as its users do. */
const examples = ['playbooks', 'inventory', 'templates'];
const impure = new Set(['process', 'fetch', 'console', 'setTimeout', 'setInterval', 'setImmediate']);

/** One line for each import that points the wrong way, sorted. An empty list is what everyone wants. */
export function lintImports(root) {
  const files = ['src', ...examples].flatMap((folder) => typescriptUnder(join(root, folder))).map((file) => parse(root, file));
  return [...files.flatMap((file) => complaintsOf(root, file)), ...cyclesOf(files)].sort();
}

function typescriptUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return typescriptUnder(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

function parse(root, path) {
  const source = readFileSync(path, 'utf8');
  const { module, program, errors } = parseSync(path, source);
  const lineOf = (offset) => source.slice(0, offset).split('\n').length;
  const imports = [
    ...module.staticImports.map((i) => ({ to: i.moduleRequest.value, type: i.entries.length > 0 && i.entries.every((e) => e.isType), line: lineOf(i.start) })),
    ...module.staticExports.flatMap((e) => e.entries.filter((entry) => entry.moduleRequest).map((entry) => ({ to: entry.moduleRequest.value, type: entry.isType, line: lineOf(e.start) }))),
    ...module.dynamicImports.map((i) => ({ to: source.slice(i.moduleRequest.start, i.moduleRequest.end).replace(/^['"`]|['"`]$/g, ''), type: false, lazy: true, line: lineOf(i.start) })),
  ].map((i) => ({ ...i, file: i.to.startsWith('.') ? slashed(relative(root, resolve(dirname(path), i.to))) : undefined }));
  return { name: slashed(relative(root, path)), program, imports, lineOf, broken: errors.length > 0 };
}

const slashed = (path) => path.split(sep).join('/');

/** `src/index.ts` is a layer of its own. */
function layerOf(name) {
  const [top, folder] = name.split('/');
  return top === 'src' && folder !== undefined ? folder.replace(/\.ts$/, '') : undefined;
}

function complaintsOf(root, file) {
  if (file.broken) return [`${file.name}: does not parse`];
  const layer = layerOf(file.name);
  const out = layer && !(layer in mayImport) ? [`${file.name}:1: src/${layer} has no place in the import order: add it to scripts/lint-imports.mjs`] : [];
  for (const i of file.imports) {
    const why = i.file === undefined ? packageComplaint(file.name, layer, i.to) : fileComplaint(file.name, layer, i);
    if (why) out.push(`${file.name}:${i.line}: ${why}`);
  }
  if (layer === 'modules') out.push(...impurities(file).map(({ start, why }) => `${file.name}:${file.lineOf(start)}: ${why}`));
  return out;
}

function packageComplaint(name, layer, to) {
  const home = homeOf[to.split('/')[0]];
  if (home && !home.some((prefix) => name.startsWith(prefix))) return `${to} is imported only under ${home.join(', ')}`;
  if (layer === 'modules' && to.startsWith('node:') && to !== 'node:crypto') return `a module does no I/O, so it does not import ${to}`;
  if (layer && (to === 'plinth' || to.startsWith('plinth/'))) return `inside the package ${to} is imported by its path`;
  return undefined;
}

function fileComplaint(name, layer, { file: to, type }) {
  if (!layer) return to.startsWith('src/') ? `examples import plinth as its users do, not ${to}` : undefined;
  const target = layerOf(to);
  if (target === undefined) return `src imports nothing from ${to}`;
  if (target === layer || !mayImport[layer]) return undefined;
  const allowed = mayImport[layer].some((rule) => rule === target || `src/${rule}` === to || (type && rule === `types:${target}`));
  if (allowed) return undefined;
  return mayImport[layer].includes(`types:${target}`) ? `${layer} may import only types from ${target}` : `${layer} does not import ${target}`;
}

/** A module is a pure value: no waiting, and nothing of the process it runs in. */
function impurities({ program }) {
  const found = [];
  const walk = (node, parent) => {
    if (node === null || typeof node !== 'object') return;
    if (Array.isArray(node)) return node.forEach((child) => walk(child, parent));
    if (node.async === true || node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await)) found.push({ start: node.start, why: 'a module is never async' });
    const isName = node.type === 'Identifier' && !(parent?.type === 'MemberExpression' && parent.property === node && !parent.computed) && !(parent?.type === 'Property' && parent.key === node);
    if (isName && impure.has(node.name)) found.push({ start: node.start, why: `a module is pure, so it does not use ${node.name}` });
    for (const key in node) if (key !== 'type') walk(node[key], node.type ? node : parent);
  };
  walk(program, undefined);
  return found;
}

/** Circles of imports that are there at run time; types and lazy imports do no harm. */
function cyclesOf(files) {
  const next = new Map(files.map((file) => [file.name, file.imports.filter((i) => i.file && !i.type && !i.lazy).map((i) => i.file)]));
  const done = new Set();
  const found = new Set();
  const visit = (name, path) => {
    const at = path.indexOf(name);
    if (at >= 0) return void found.add(`${[...path.slice(at), name].join(' -> ')}: a circle of imports`);
    if (done.has(name)) return;
    for (const to of next.get(name) ?? []) visit(to, [...path, name]);
    done.add(name);
  };
  for (const name of next.keys()) visit(name, []);
  return [...found];
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  const complaints = lintImports(resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..')));
  for (const line of complaints) console.error(line);
  if (complaints.length > 0) process.exitCode = 1;
}
