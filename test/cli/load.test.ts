import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlinthError, read } from '../../src/contract/index.ts';
import { loadModule, loadPlaybook, type LoadOptions } from '../../src/dsl/load/index.ts';

let dir = '';
let options: LoadOptions;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'plinth-load-'));
  options = { cacheDir: join(dir, 'cache'), version: '1', provided: new Map<string, () => Promise<object>>([['plinth', () => import('../../src/index.ts')], ['zod', () => import('zod')]]) };
});
afterEach(() => rmSync(dir, { recursive: true }));

const write = (name: string, text: string): string => {
  const path = join(dir, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
};

const failure = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(() => undefined, (thrown: unknown) => thrown);
  if (!(error instanceof PlinthError)) throw new Error(`no PlinthError but ${String(error)}`);
  return error.message.replaceAll(`${dir}/`, '');
};

const fleet = `import { z } from 'zod';
import { defineFleet } from 'plinth';
export const fleet = defineFleet({ shared: z.strictObject({ size: z.int() }), groups: {} });
`;
const simple = `import { defineModule, playbook, sh, change, read } from 'plinth';
import { z } from 'zod';
import { fleet } from './schema.ts';
const marker = defineModule({
  name: 'marker', summary: 'A file.', args: z.strictObject({ path: z.string() }),
  observe: ({ path }) => ({ text: read.text(path) }),
  *plan({ path }, { text }) { if (text === undefined) yield change(path, undefined, 'there', sh\`touch \${path}\`); },
});
export default playbook(fleet, ({ play, groups }) => {
  play('Only', groups.all, ({ task, vars }) => {
    task('mark it', marker, { path: \`/tmp/\${vars.size}\` });
  });
});
`;
const hosts = { hosts: [{ name: 'a', groups: [], vars: { size: 3 } }], groups: {} };

describe('loadPlaybook', () => {
  it('hands a body the facts of its host and those of others', async () => {
    write('schema.ts', fleet);
    const site = simple.replace('groups.all, ({ task, vars })', 'groups.all, { facts: true }, ({ task, vars, facts, factsOf })').replace("'mark it'", '`mark it on ${facts.hostname} beside ${factsOf("b")?.hostname}`');
    const facts = read.facts().kind.parse(readFileSync(new URL('../facts/recorded/debian-lab-node.txt', import.meta.url), 'utf8'), '');
    const loaded = await loadPlaybook(write('site.ts', site), options);
    const play = loaded.build(hosts).plays[0];
    expect(play?.evaluate('a', { ...facts, hostname: 'here' }, () => ({ ...facts, hostname: 'there' })).tasks[0]?.name).toBe('mark it on here beside there');
  });

  it('shares the instances of plinth and zod, and keeps positions of the source', async () => {
    write('schema.ts', fleet);
    const loaded = await loadPlaybook(write('site.ts', simple), options);
    const program = loaded.build(hosts);
    const task = program.plays[0]?.evaluate('a').tasks[0];
    expect(task?.args).toEqual({ path: '/tmp/3' });
    expect(task?.at).toMatchObject({ line: 11, col: 5 });
    expect(task?.at.file).toBe(join(dir, 'site.ts'));
    const { z } = await import('zod');
    expect(loaded.fleet.shared).toBeInstanceOf(z.ZodObject);
  });

  it('compiles again only when the content of an input changed', async () => {
    const schema = write('schema.ts', fleet);
    const site = write('site.ts', simple);
    const first = await loadPlaybook(site, options);
    const kept = readdirSync(join(options.cacheDir, 'compiled')).find((name) => name.endsWith('.cjs')) ?? '';
    const path = join(options.cacheDir, 'compiled', kept);
    writeFileSync(path, readFileSync(path, 'utf8').replace('mark it', 'kept it'));
    utimesSync(schema, new Date(), new Date());
    const second = await loadPlaybook(site, options);
    expect(second.build(hosts).plays[0]?.evaluate('a').tasks[0]?.name).toBe('kept it');
    write('schema.ts', fleet.replace('z.int()', 'z.int().default(4)'));
    const third = await loadPlaybook(site, options);
    expect(third.build(hosts).plays[0]?.evaluate('a').tasks[0]?.name).toBe('mark it');
    expect(third.digest).not.toBe(first.digest);
    expect(readdirSync(join(options.cacheDir, 'compiled')).filter((name) => name.endsWith('.v8'))).toHaveLength(1);
  });

  it('takes a damaged cache as none', async () => {
    write('schema.ts', fleet);
    const site = write('site.ts', simple);
    await loadPlaybook(site, options);
    for (const name of readdirSync(join(options.cacheDir, 'compiled'))) writeFileSync(join(options.cacheDir, 'compiled', name), '{"inputs":[');
    expect((await loadPlaybook(site, options)).kind).toBe('playbook');
  });

  it('gives every file its own import.meta', async () => {
    write('lib/deep.ts', 'export const here = import.meta.url;\nexport const dir: string = import.meta.dirname;\n');
    const loaded = await loadModule(write('top.ts', "import { here, dir } from './lib/deep.ts';\nexport const a = import.meta.filename;\nexport { here, dir };\n"), options);
    expect(loaded.exports).toMatchObject({ a: join(dir, 'top.ts'), dir: join(dir, 'lib') });
    expect(String(loaded.exports.here)).toMatch(/^file:.*lib\/deep\.ts$/);
  });

  it('imports packages of the project, CommonJS and ES modules alike', async () => {
    write('node_modules/old/package.json', '{"name":"old","main":"i.js"}');
    write('node_modules/old/i.js', 'module.exports = { word: "old", file: __filename };');
    write('node_modules/fresh/package.json', '{"name":"fresh","type":"module","exports":{"import":"./i.js"}}');
    write('node_modules/fresh/i.js', 'export default "fresh"; export const two = 2;');
    const loaded = await loadModule(write('a.ts', "import old from 'old';\nimport fresh, { two } from 'fresh';\nexport default { old, fresh, two };\n"), options);
    expect(loaded.exports.default).toEqual({ old: { word: 'old', file: join(dir, 'node_modules/old/i.js') }, fresh: 'fresh', two: 2 });
  });

  it.each([
    ['a syntax error', 'const a = 1;\nconst b = = 2;\n', 'bad.ts:2:11: Unexpected "="\n  const b = = 2;'],
    ['an unknown file', "import { x } from './gone.ts';\nexport default x;\n", 'bad.ts:1:19: cannot find "./gone.ts"\n  import { x } from \'./gone.ts\';\n  → Check the path; it is looked for beside the file that imports it.'],
    ['an unknown package', "import x from 'nowhere-to-be';\nexport default x;\n", 'bad.ts:1:15: cannot find "nowhere-to-be"'],
    ['an unknown part of Plinth', "import x from 'plinth/moduls';\nexport default x;\n", 'bad.ts:1:15: Plinth has no part "plinth/moduls"; there are plinth'],
    ['no default export', 'export const a = 1;\n', 'bad.ts:1:1: the file has no default export\n  → Write: export default playbook(fleet, ({ play, groups }) => { ... });'],
    ['another default export', 'export default 3;\n', 'bad.ts:1:1: the default export is a number, not a playbook'],
    ['a named playbook', "import { playbook } from 'plinth';\nimport { fleet } from './schema.ts';\nexport const site = playbook(fleet, () => {});\n", 'bad.ts:1:1: the file has no default export\n  → It exports a playbook as "site": export it by default.'],
    ['an exception while loading', "const x: any = undefined;\n\nexport default x.y;\n", "bad.ts:3:18: the playbook threw TypeError: Cannot read properties of undefined (reading 'y')"],
  ])('names the place of %s', async (_what, text, message) => {
    write('schema.ts', fleet);
    const told = await failure(loadPlaybook(write('bad.ts', text), options));
    expect(told).toContain(message);
  });

  it('names the place of an exception in a play', async () => {
    write('schema.ts', fleet);
    const loaded = await loadPlaybook(write('site.ts', simple.replace('task(', '  (vars as any).none.deep; task(')), options);
    expect(await failure(Promise.resolve().then(() => loaded.build(hosts)))).toMatch(/^site.ts:11:\d+ a: the playbook threw TypeError/);
  });

  it('says which file is not there', async () => {
    expect(await failure(loadPlaybook(join(dir, 'none.ts'), options))).toContain('there is no file');
  });
});
