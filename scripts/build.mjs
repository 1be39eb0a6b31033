// Builds dist/: the library as ES modules with types, the command line as one CommonJS file, and V8's compilation of that.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const node = (args, options = {}) => execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], ...options });

// Built beside and put in place whole: somebody may be using what is there.
const fresh = join(root, 'node_modules', `.plinth-dist-${process.pid}`);
node([join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json', '--outDir', fresh], { stdio: ['ignore', 'inherit', 'inherit'] });

/** ssh2 works without its native parts; a bundle cannot carry them. */
const withoutNatives = {
  name: 'without-natives',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^cpu-features$|\.node$/ }, ({ path }) => ({ path, namespace: 'absent' }));
    onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'throw new Error("not built");' }));
  },
};

/** Parts of ssh2 that Plinth has no use for: they cost a tenth of a short run, mostly for node:http and node:assert. */
const lessSsh2 = {
  name: 'less-ssh2',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /ssh2\/lib\/(http-agents|server|keygen|protocol\/SFTP)\.js$/ }, () => ({ contents: 'module.exports = {};' }));
    onResolve({ filter: /^assert$/ }, ({ importer }) => (importer.includes('/asn1/') ? { path: 'assert', namespace: 'small' } : undefined));
    onLoad({ filter: /.*/, namespace: 'small' }, () => ({ contents: 'exports.ok = (yes) => { if (!yes) throw new Error("asn1: bad argument"); }; exports.equal = (a, b) => exports.ok(a === b);' }));
  },
};

/** In V8's cache handlebars loads ten times as fast. Of source maps, which it offers and nobody wants here, it can do without. */
const ownHandlebars = {
  name: 'own-handlebars',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /\/dsl\/template\/load-handlebars\.ts$/ }, () => ({ contents: "export const loadHandlebars = () => require('handlebars/dist/cjs/handlebars.js').default;" }));
    onResolve({ filter: /^source-map$/ }, ({ importer, path }) => (importer.includes('handlebars') ? { path, namespace: 'absent' } : undefined));
  },
};

/** Plinth speaks English; the other forty languages of zod stay out. */
const oneLocale = {
  name: 'one-locale',
  setup({ onLoad }) {
    onLoad({ filter: /zod\/v4\/locales\/index\.(js|mjs|cjs)$/ }, () => ({ contents: 'export { default as en } from "./en.js";' }));
  },
};

/**
 * In the bundle `plinth/modules` is a table of getters: a run evaluates only the modules that its playbook names, so a
 * start does not grow with the catalogue.
 */
const lazyModules = {
  name: 'lazy-modules',
  async setup({ onLoad, onResolve }) {
    const index = join(root, 'src/modules/index.ts');
    const files = [...readFileSync(index, 'utf8').matchAll(/^export \* from '(.+)';$/gm)].map(([, file]) => file);
    const { metafile } = await build({ entryPoints: files.map((file) => join(root, 'src/modules', file)), outdir: 'none', outbase: root, bundle: true, splitting: true, format: 'esm', platform: 'node', packages: 'external', conditions: ['plinth-source'], write: false, metafile: true, logLevel: 'silent' });
    const exportsOf = new Map(Object.values(metafile.outputs).map(({ entryPoint, exports }) => [entryPoint && resolve(entryPoint), exports]));
    const rows = files.flatMap((file) => (exportsOf.get(join(root, 'src/modules', file)) ?? []).map((name) => `  ${name}: { enumerable: true, get: () => require('${file}').${name} },`));
    // A namespace of its own: in a package of ES modules, esbuild takes no file of it for CommonJS.
    onResolve({ filter: /\/modules\/index\.ts$/ }, () => ({ path: 'modules', namespace: 'lazy' }));
    onLoad({ filter: /.*/, namespace: 'lazy' }, () => ({ contents: `module.exports = Object.defineProperties({}, {\n${rows.join('\n')}\n});`, loader: 'js', resolveDir: join(root, 'src/modules') }));
  },
};

/**
 * Libraries for what few runs do lie beside the bundle, each in a file of its own that is read when it is first needed: they
 * cost no start, and nobody has to install them.
 */
const beside = { 'age-encryption': 'age.cjs', './src/report/otel/otel.ts': 'otel.cjs' };
const putBeside = {
  name: 'put-beside',
  setup({ onResolve }) {
    // The bundle's require is that of bin/plinth.cjs.
    onResolve({ filter: /^age-encryption$/ }, () => ({ path: '../dist/age.cjs', external: true }));
    onResolve({ filter: /\/otel\/otel\.ts$/ }, () => ({ path: '../dist/otel.cjs', external: true }));
  },
};
for (const [name, file] of Object.entries(beside)) {
  await build({ entryPoints: [name], absWorkingDir: root, outfile: join(fresh, file), bundle: true, minifySyntax: true, minifyWhitespace: true, platform: 'node', format: 'cjs', target: 'node20', charset: 'ascii', mainFields: ['module', 'main'], legalComments: 'linked', logLevel: 'warning' });
}

await build({
  entryPoints: [join(root, 'src/cli/entry.ts')],
  outfile: join(fresh, 'cli.cjs'),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  charset: 'ascii',
  conditions: ['plinth-source'],
  mainFields: ['module', 'main'],
  // Needed seldom, and then from node_modules: what is not in the bundle costs no start.
  external: ['esbuild', 'listr2', 'diff', 'zx'],
  // Node 20 forgets how to import() in code that comes from V8's cache; require() serves as well.
  supported: { 'dynamic-import': false },
  define: { 'import.meta.url': '__bundle_url' },
  banner: { js: '"use strict"; const __bundle_url = require("node:url").pathToFileURL(__filename).href;' },
  legalComments: 'linked',
  logLevel: 'warning',
  plugins: [putBeside, withoutNatives, lessSsh2, ownHandlebars, oneLocale, lazyModules],
});

const stale = `${fresh}-stale`;
if (existsSync(dist)) renameSync(dist, stale);
renameSync(fresh, dist);
rmSync(stale, { recursive: true, force: true });

/** Runs of each kind, so that the cache holds what such runs need; on this machine, through a shell, reading only. */
const dir = mkdtempSync(join(tmpdir(), 'plinth-build-'));
try {
  writeFileSync(join(dir, 'inventory.yaml'), 'ssh: { transport: local, become: false }\nhosts: { here: }\n');
  writeFileSync(
    join(dir, 'site.ts'),
    `import { z } from 'zod';
import { defineFleet, defineTemplate, playbook } from 'plinth';
import { file } from 'plinth/modules';
const hello = defineTemplate({ name: 'hello', source: 'hello {{#if name}}{{name}}{{/if}}\\n', vars: z.strictObject({ name: z.string() }) });
const fleet = defineFleet({ shared: z.strictObject({}), groups: {} });
export default playbook(fleet, ({ play, groups }) => {
  play('Look', groups.all, { become: false }, ({ task }) => {
    task('a file', file, { path: '/nowhere', state: 'absent' });
    hello({ name: 'you' });
  });
});
`,
  );
  const env = { ...process.env, XDG_CACHE_HOME: join(dir, 'cache'), PLINTH_BUILD: 'cache', NODE_EXTRA_CA_CERTS: undefined };
  const run = (args) => execFileSync(process.execPath, [join(root, 'bin/plinth.cjs'), ...args], { cwd: dir, env, stdio: ['ignore', 'pipe', 'pipe'] });
  run(['--help']);
  // The first run compiles the playbook; only then is the cache taken from a run as they usually are.
  for (const name of ['first', 'usual']) {
    if (name === 'usual') rmSync(join(dist, `cli-run-${process.version}-${process.arch}.v8`), { force: true });
    run(['plan', 'site.ts', '-i', 'inventory.yaml', '--output', 'jsonl']);
  }
} finally {
  rmSync(dir, { recursive: true, force: true });
}

const size = (name) => `${name} ${Math.round(statSync(join(dist, name)).size / 1024)} KiB`;
console.log(['cli.cjs', `cli-help-${process.version}-${process.arch}.v8`, `cli-run-${process.version}-${process.arch}.v8`].map(size).join(', '));
