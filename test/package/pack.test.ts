import type { SpawnSyncReturns } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Editor, openEditor } from './editor.ts';
import { emptyProject, packInto, type Project } from './project.ts';

let project: Project;
let tarball: string;
let editor: Editor | undefined;

beforeAll(() => {
  project = emptyProject();
  tarball = packInto(project.dir);
  project.must('npm', 'install', '--no-audit', '--no-fund', tarball);
  project.must('npx', '--no-install', 'plinth', 'init');
  project.must('npm', 'install', '--no-audit', '--no-fund');
});
afterAll(() => {
  editor?.close();
  project.remove();
});

const read = (file: string): string => readFileSync(join(project.dir, file), 'utf8');

describe('the packed package, in an empty folder', () => {
  it('holds what runs, and neither sources nor tests', () => {
    const files = project.must('tar', '-tzf', tarball).split('\n').filter(Boolean);
    expect(files).toEqual(expect.arrayContaining(['package/package.json', 'package/LICENSE', 'package/README.md', 'package/bin/plinth.cjs', 'package/dist/index.js', 'package/dist/index.d.ts', 'package/dist/modules/index.d.ts', 'package/dist/testing/index.js']));
    expect(files.filter((file) => /^package\/(src|test|scripts|node_modules|\.)/.test(file))).toEqual([]);
  });

  it('says its version', () => {
    expect(project.must('npx', '--no-install', 'plinth', '--version').trim()).toBe((JSON.parse(read('node_modules/plinth/package.json')) as { version: string }).version);
  });

  it('is a library that can be imported by its three names', () => {
    const script = `import { playbook, sh } from 'plinth'; import { file } from 'plinth/modules'; import { checkModule } from 'plinth/testing'; console.log(typeof playbook, sh\`echo \${"it's"}\`.show(), file.name, typeof checkModule);`;
    expect(project.must('node', '--input-type=module', '-e', script)).toBe("function echo 'it'\\''s' file function\n");
  });
});

describe('the starter', () => {
  it('is accepted by tsc', () => {
    expect(project.must('npx', '--no-install', 'tsc')).toBe('');
  });

  it.each([
    ['an argument that does not exist', 'values: vars.sysctl', 'vales: vars.sysctl', /'vales' does not exist/],
    ['a variable that does not exist', 'vars.greeting', 'vars.greetings', /'greetings' does not exist/],
    ['the variable of another group', 'vars.greeting', 'vars.scratch', /'scratch' does not exist/],
  ])('is refused by tsc with %s', (_, good, bad, message) => {
    const playbook = read('playbooks/site.ts');
    expect(playbook).toContain(good);
    writeFileSync(join(project.dir, 'playbooks/site.ts'), playbook.replace(good, bad));
    const { status, stdout } = project.run('npx', '--no-install', 'tsc');
    writeFileSync(join(project.dir, 'playbooks/site.ts'), playbook);
    expect(stdout).toMatch(message);
    expect(status).not.toBe(0);
  });

  it('passes its own tests', () => {
    expect(project.must('npm', 'test')).toMatch(/Tests .*passed/);
  });

  it('holds the JSON Schema that its inventory schema gives', () => {
    const given = read('inventory/schema.json');
    project.must('npm', 'run', 'schema');
    expect(read('inventory/schema.json')).toBe(given);
  });

  it('refuses to be written twice, naming every file', () => {
    const { status, stderr } = project.run('npx', '--no-install', 'plinth', 'init');
    expect(status).toBe(1);
    expect(stderr).toContain('playbooks/site.ts');
  });
});

describe('in an editor', () => {
  it('completes variables, by group, and arguments', async () => {
    editor = await openEditor(project.dir);
    expect(await editor.complete('playbooks/site.ts', 'text: `${vars.')).toEqual(['greeting', 'sysctl']);
    expect(await editor.complete('playbooks/site.ts', 'path: vars.')).toEqual(['greeting', 'sysctl', 'scratch']);
    expect(await editor.complete('playbooks/site.ts', "sysctl, { file: '90-site', ")).toEqual(['values?', 'requires?', 'state?']);
  });

  it('shows what a module is for', async () => {
    editor ??= await openEditor(project.dir);
    expect(await editor.hover('playbooks/site.ts', "task('kernel parameters', sysctl")).toContain('Module<');
  });
});

describe('on lab nodes', () => {
  const fleet = ['-i', 'inventory/lab.yaml', '-i', '.plinth/lab/lab/inventory.yaml'];
  const plinth = (...args: string[]): SpawnSyncReturns<string> => project.run('npx', '--no-install', 'plinth', ...args);
  const lastEvent = (stdout: string): unknown => JSON.parse(stdout.trim().split('\n').at(-1) ?? '');

  beforeAll(() => void project.must('npx', '--no-install', 'plinth', 'lab', 'up', '--nodes', '2'));
  afterAll(() => void plinth('lab', 'down'));

  it('runs the starter: a plan, then what was planned, then nothing', () => {
    const plan = plinth('plan', 'playbooks/site.ts', ...fleet, '--output', 'jsonl');
    expect(lastEvent(plan.stdout), plan.stderr).toMatchObject({ type: 'runEnd', ok: true, hosts: 2, failed: 0, unreachable: 0, unknown: 0, pending: 5 });
    expect(plan.status).toBe(2);

    const first = plinth('apply', 'playbooks/site.ts', ...fleet, '--output', 'jsonl');
    expect(lastEvent(first.stdout), first.stderr).toMatchObject({ type: 'runEnd', ok: true, changed: 5, failed: 0 });
    expect(first.status).toBe(0);

    const second = plinth('apply', 'playbooks/site.ts', ...fleet, '--output', 'jsonl');
    expect(lastEvent(second.stdout), second.stderr).toMatchObject({ type: 'runEnd', ok: true, changed: 0, unchanged: 5, failed: 0 });
    expect(second.status).toBe(0);
    expect(plinth('plan', 'playbooks/site.ts', ...fleet).status).toBe(0);

    expect(plinth('exec', ...fleet, 'all', '--', 'cat', '/etc/motd').stdout).toContain('Set up by Plinth. This is node2.');
  });
});
