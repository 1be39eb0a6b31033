import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askAnswers } from '../../src/cli/init/cluster/answers.ts';
import { initProject } from '../../src/cli/init/index.ts';
import { type Asker, problemWith, type Question, understood } from '../../src/cli/prompt/question.ts';
import { built } from '../lab/built.ts';
import { createProject } from '../cli/terminal.ts';
import { atTerminal } from './terminal.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'plinth-init-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** Somebody who answers what he knows, and takes the usual for the rest; a wrong answer fails as it would not be taken. */
const answering = (given: Readonly<Record<string, string>>): Asker => {
  return async (question) => {
    const known = Object.entries(given).find(([start]) => question.ask.startsWith(start))?.[1] ?? '';
    const answer = understood(question, known);
    const problem = problemWith(question, answer);
    if (problem !== undefined) throw new Error(`${question.ask}: ${problem}`);
    return answer;
  };
};

/** The question that begins so, as it is asked after these answers. */
async function questionAfter(start: string, given: Readonly<Record<string, string>>): Promise<Question> {
  let found: Question | undefined;
  await askAnswers(async (question) => {
    if (question.ask.startsWith(start)) found = question;
    return answering(given)(question);
  }, 'me');
  if (!found) throw new Error(`nobody asks "${start}"`);
  return found;
}

describe('the questions of plinth init', () => {
  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ['everything as usual', {}],
    ['one control plane', { 'How many control planes': '1', 'How many workers': '2', 'Which of these': '5' }],
    ['everything, on IPv6', { 'Address of cp1': 'fd00::11', 'Address of cp2': 'fd00::12', 'Address of cp3': 'fd00::13', 'A free address': 'fd00::10', 'Addresses for': 'fd00::100-fd00::1ff', 'How pods': 'native', 'Which of these': '1,2,3,4', 'What sudo': '3' }],
    ['nodes within the usual network of pods', { 'Address of cp1': '10.244.3.11', 'Addresses for': '10.244.3.200 - 10.244.3.210', 'Which of these': 'loadbalancer', 'What sudo': 'type' }],
  ])('lead to an inventory that is sound: %s', async (_, given) => {
    const answers = await askAnswers(answering(given), 'me');
    await initProject(dir, '.', '1.2.3', answers);
    const project = createProject();
    try {
      const text = readFileSync(join(dir, 'inventory/home.yaml'), 'utf8');
      expect(text).toMatchSnapshot();
      // The project is read as a user would read it.
      const ran = await project.runWith({ cwd: dir, env: { HOME: dir } }, 'list', 'playbooks/bootstrap.ts', '--verbose');
      expect({ code: ran.code, err: ran.err.replace(/^warning: the group workers has no hosts\n.*\n/, '') }).toEqual({ code: 0, err: '' });
      expect(ran.out).toContain('First control plane');
    } finally {
      rmSync(project.dir, { recursive: true });
    }
  });

  it.each<readonly [string, Readonly<Record<string, string>>, readonly string[]]>([
    ['Name of the cluster', {}, ['Home', 'a.b', '-x', '']],
    ['How many control planes', {}, ['0', '2', 'three', '10']],
    ['How many workers', {}, ['-1', '100']],
    ['Address of cp2', {}, ['192.168.1.11', '192.168.1', '192.168.1.256', 'cp2.example']],
    ['User', {}, ['a b', '']],
    ['What sudo', {}, ['4', 'x']],
    ['A free address', {}, ['192.168.1.12', '10.0.0.1', 'fd00::1', 'x']],
    ['Version', {}, ['1.36', 'latest']],
    ['Which of these', {}, ['1,9', 'hubbel']],
    ['Addresses for', { 'Which of these': '3' }, ['192.168.1.5-192.168.1.20', '192.168.1.1-192.168.1.10', '192.168.1.9-192.168.1.2', '192.168.1.200-fd00::1', 'x']],
  ])('say at once what is wrong: %s', async (start, given, wrong) => {
    const question = await questionAfter(start, given);
    expect(wrong.map((text) => `${text}: ${text === '' ? problemWith({ ...question, initial: '' }, '') : problemWith(question, understood(question, text))}`)).toMatchSnapshot();
  });
});

describe('plinth init at a terminal', () => {
  let program: string;
  beforeAll(() => {
    program = built();
  });
  const env = (): Record<string, string> => ({ PATH: process.env.PATH ?? '', HOME: dir, USER: 'me', XDG_CACHE_HOME: join(dir, '.cache') });
  const files = (): string[] => (existsSync(join(dir, 'p')) ? readdirSync(join(dir, 'p')) : []);

  it('asks, checks while one types, and writes a project whose plan is read at once', async () => {
    mkdirSync(join(dir, 'p'));
    const at = atTerminal([process.execPath, program, 'init'], { cwd: join(dir, 'p'), env: env() });
    await at.answer('What is it for [cluster]', '\r');
    await at.answer('Name of the cluster [home]', 'Attic');
    await at.answer('must be lower case letters', '\r');
    // It is asked once more, with what was typed to be mended.
    await at.answer('Name of the cluster [home] Attic', '\u0015attic\r');
    await at.answer('How many control planes [3]', '2');
    await at.answer('etcd wants an odd number', '\u007F1\r');
    await at.answer('How many workers [0]', '1\r');
    await at.answer('Address of cp1', '10.0.0.11\r');
    await at.answer('Address of worker1 [10.0.0.20]', '10.0.0.11');
    await at.answer('cp1 has it already', '\u007F2\r');
    await at.answer('User to log in as [me]', '\r');
    await at.answer('What sudo asks for there [nothing]', '1\r');
    await at.answer('Address of the API [10.0.0.11]', '\r');
    await at.answer('Version of Kubernetes', '\r');
    await at.answer('How pods', '\r');
    await at.answer('Which of these', '1,2,3\r');
    await at.answer('Addresses for services', '10.0.0.200-10.0.0.210\r');
    expect({ code: await at.ended, shown: at.shown().includes('wrote') }).toEqual({ code: 0, shown: true });
    expect(readFileSync(join(dir, 'p/inventory/attic.yaml'), 'utf8')).toMatchSnapshot();
    expect(readFileSync(join(dir, 'p/inventory/attic.yaml'), 'utf8').startsWith('# yaml-language-server: $schema=./schema.json\n')).toBe(true);
    const schema = JSON.parse(readFileSync(join(dir, 'p/inventory/schema.json'), 'utf8')) as { $defs: { vars: { properties: Record<string, { properties: Record<string, unknown> }> } } };
    expect(Object.keys(schema.$defs.vars.properties['cluster']?.properties ?? {})).toEqual(expect.arrayContaining(['kubernetes', 'endpoint', 'cilium']));
    const list = spawnSync(process.execPath, [program, 'list', 'playbooks/bootstrap.ts'], { cwd: join(dir, 'p'), env: env(), encoding: 'utf8' });
    expect({ code: list.status, err: list.stderr }).toEqual({ code: 0, err: '' });
    // tsc accepts it, with the package in the place where npm puts it.
    mkdirSync(join(dir, 'p/node_modules'));
    const root = join(import.meta.dirname, '../..');
    symlinkSync(root, join(dir, 'p/node_modules/plinth'));
    symlinkSync(join(root, 'node_modules/zod'), join(dir, 'p/node_modules/zod'));
    symlinkSync(join(root, 'node_modules/@types'), join(dir, 'p/node_modules/@types'));
    const tsc = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'], { cwd: join(dir, 'p'), encoding: 'utf8' });
    expect(tsc.stdout).toBe('');
  });

  it('leaves nothing behind when it is left', async () => {
    mkdirSync(join(dir, 'p'));
    for (const [keys, code] of [['\u0003', 130], ['\u0004', 1]] as const) {
      const at = atTerminal([process.execPath, program, 'init'], { cwd: join(dir, 'p'), env: env() });
      await at.answer('What is it for', '1\r');
      await at.answer('Name of the cluster', keys);
      expect(await at.ended).toBe(code);
      expect(files()).toEqual([]);
    }
  });

  it('asks nothing in CI, with --yes, and without a terminal', async () => {
    for (const [name, argv, more] of [['ci', [], { CI: 'true' }], ['yes', ['--yes'], {}]] as const) {
      mkdirSync(join(dir, name));
      const at = atTerminal([process.execPath, program, 'init', ...argv], { cwd: join(dir, name), env: { ...env(), ...more } });
      expect(await at.ended).toBe(0);
      expect(at.shown()).not.toContain('What is it for');
      expect(existsSync(join(dir, name, 'playbooks/site.ts'))).toBe(true);
    }
    mkdirSync(join(dir, 'pipe'));
    expect(spawnSync(process.execPath, [program, 'init'], { cwd: join(dir, 'pipe'), env: env(), input: '\n' }).status).toBe(0);
  });
});
