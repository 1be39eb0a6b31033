import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProject, localInventory, type Project, schema } from './terminal.ts';

let project: Project;

beforeEach(() => {
  project = createProject();
  project.write('inventory/schema.ts', schema);
  project.write('inventory/site.yaml', localInventory.replace('DIR', project.dir));
  project.write('playbooks/site.ts', site);
});
afterEach(() => rmSync(project.dir, { recursive: true, force: true }));

const site = `import { playbook } from 'plinth';
import { command, file } from 'plinth/modules';
import { fleet } from '../inventory/schema.ts';
export default playbook(fleet, ({ play, groups }) => {
  play('Files', groups.all, { become: false }, ({ task, vars, host }) => {
    task('greeting', file, { path: \`\${vars.dir}/\${host.name}.txt\`, content: \`\${vars.text}\\n\`, mode: '0644', owner: 'root', group: 'root' }, { tags: ['text'] });
    task('count', command, { run: \`echo x >> \${vars.dir}/\${host.name}.count\` }, { tags: ['count'] });
  });
});
`;
const events = (text: string): { type: string; [key: string]: unknown }[] => text.trimEnd().split('\n').map((line) => JSON.parse(line) as { type: string });
const read = (name: string): string => readFileSync(join(project.dir, name), 'utf8');

describe('plan and apply', () => {
  it('plan changes nothing and says 2, apply 0, and the state is then unchanged', async () => {
    const planned = await project.run('plan', 'playbooks/site.ts', '--tags', 'text');
    expect(planned).toMatchObject({ code: 2, err: '' });
    expect(planned.out).toContain('would change  greeting');
    expect(existsSync(join(project.dir, 'cp1.txt'))).toBe(false);
    expect(await project.run('apply', 'playbooks/site.ts', '--tags', 'text')).toMatchObject({ code: 0 });
    expect(read('w2.txt')).toBe('hello\n');
    const again = await project.run('plan', 'playbooks/site.ts', '--tags', 'text', '--output', 'jsonl');
    expect(again.code).toBe(0);
    expect(events(again.out).at(-1)).toMatchObject({ type: 'runEnd', ok: true, hosts: 3, changed: 0, pending: 0, unchanged: 3 });
  });

  it('keeps to the limit', async () => {
    await project.run('apply', 'playbooks/site.ts', '--limit', 'workers,!w1');
    expect(readdirSync(project.dir).filter((name) => name.endsWith('.txt'))).toEqual(['w2.txt']);
  });

  it('prints nothing but events on stdout for machines, also when nothing could begin', async () => {
    const missing = await project.run('apply', 'playbooks/none.ts', '--output', 'jsonl');
    expect(missing).toMatchObject({ code: 1, err: '' });
    expect(events(missing.out)).toMatchObject([{ type: 'runEnd', ok: false, errors: [{ cause: 'playbook', summary: 'there is no file DIR/playbooks/none.ts' }] }]);
    const junit = await project.run('plan', 'playbooks/none.ts', '--output', 'junit');
    expect(junit.out).toMatch(/^<\?xml[\s\S]*<error message="there is no file/);
  });

  it.each([
    [['apply', 'playbooks/site.ts', '--tags', 'txt'], 'no task has the tag "txt"; is it "text"?'],
    [['apply', 'playbooks/site.ts', '--limit', 'w3'], 'no host or group fits "w3"; is it "w1"?'],
    [['apply', 'playbooks/site.ts', '--output', 'html'], '--output is tty, plain, jsonl, junit, not "html"'],
    [['apply', 'playbooks/site.ts', '--concurrency', '0'], '--concurrency wants a whole number from 1, not "0"'],
    [['apply', 'playbooks/site.ts', '--transport', 'telnet'], '--transport is ssh or openssh, not "telnet"'],
    [['apply', 'playbooks/site.ts', '--step'], '--step needs a terminal to ask on'],
    [['apply', 'playbooks/site.ts', '-K'], '--ask-become-pass needs a terminal to ask on'],
    [['apply', 'playbooks/site.ts', '--resume'], 'there is no run of playbooks/site.ts over inventory/site.yaml to go on with'],
    [['apply', 'none.plan'], 'there is no file none.plan'],
    [['apply', 'inventory/site.yaml'], 'inventory/site.yaml is neither a playbook nor a saved plan'],
  ])('%j', async (argv, message) => {
    const { code, err } = await project.run(...argv);
    expect(code).toBe(1);
    expect(err).toContain(message);
  });

  it('refuses a limit that leaves no play a host', async () => {
    project.write('playbooks/workers.ts', site.replace('groups.all', 'groups.workers'));
    expect((await project.run('plan', 'playbooks/workers.ts', '--limit', 'cp1')).err).toContain('no play of playbooks/workers.ts has a host of the limit "cp1"');
  });

  it('takes an inventory in TypeScript', async () => {
    project.write('inventory/site.ts', `export default { vars: { dir: '${project.dir}' }, groups: { controlPlane: { hosts: { only: {} } }, workers: { hosts: {} } } };\n`);
    const { code, out } = await project.run('list', 'playbooks/site.ts', '-i', 'inventory/site.ts');
    expect(out).toMatch(/^Files {2}only\n/);
    expect(code).toBe(0);
  });

  it('asks which inventory when there are several, or none', async () => {
    project.write('inventory/other.yaml', 'hosts: { a: }\n');
    expect((await project.run('list')).err).toContain('./inventory holds several: inventory/other.yaml, inventory/site.yaml');
    expect((await project.runWith({ env: { PLINTH_INVENTORY: 'inventory/site.yaml', HOME: project.dir } }, 'list')).code).toBe(0);
  });

  it('asks before each change with --step', async () => {
    const answers = ['n', 'what', 'y', 'q'];
    const asked: string[] = [];
    const { code, err } = await project.runWith({ terminal: { stdout: true, canAsk: true, columns: 100, rows: 40 }, ask: async (question) => (asked.push(question), answers.shift() ?? 'q') }, 'apply', 'playbooks/site.ts', '--step', '--limit', 'cp1');
    expect(err).toContain('cp1');
    expect(asked.length).toBe(3);
    expect(existsSync(join(project.dir, 'cp1.txt'))).toBe(false);
    expect(existsSync(join(project.dir, 'cp1.count'))).toBe(true);
    expect(code).toBe(0);
  });
});

describe('saved plans', () => {
  it('are applied while they fit, and refused where a node has drifted', async () => {
    expect((await project.run('plan', 'playbooks/site.ts', '--tags', 'text', '-o', 'today.plan')).code).toBe(2);
    writeFileSync(join(project.dir, 'w1.txt'), 'by hand\n');
    const refused = await project.run('apply', 'today.plan');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('✗ w1\n  the node no longer looks as planned\n  │ Files › greeting');
    expect(refused.err).toContain('Nothing was changed');
    expect(existsSync(join(project.dir, 'cp1.txt'))).toBe(false);
    rmSync(join(project.dir, 'w1.txt'));
    expect(await project.run('apply', 'today.plan')).toMatchObject({ code: 0 });
    expect(read('w1.txt')).toBe('hello\n');
    expect((await project.run('apply', 'today.plan')).err).toContain('now: ok');
  });

  it('are refused when the playbook or the inventory changed, and with options that they hold themselves', async () => {
    await project.run('plan', 'playbooks/site.ts', '-o', 'today.plan');
    expect((await project.run('apply', 'today.plan', '--limit', 'w1')).err).toContain('--limit does not go with a saved plan');
    project.write('playbooks/site.ts', site.replace("'0644'", "'0600'"));
    project.write('inventory/site.yaml', `${localInventory.replace('DIR', project.dir).trimEnd().replace(/}$/, ', text: bye }')}\n`);
    const { err } = await project.run('apply', 'today.plan');
    expect(err).toContain('the playbook playbooks/site.ts is not what it was');
    expect(err).toContain('the inventory inventory/site.yaml is not what it was');
  });
});

describe('runs and --resume', () => {
  it('lists runs, tells one again, and tolerates a line cut short', async () => {
    expect((await project.run('runs')).out).toContain('No run has been made here');
    const first = await project.run('apply', 'playbooks/site.ts');
    const listed = (await project.run('runs')).out;
    expect(listed).toMatch(/^\d{8}-\d{6}-[0-9a-f]{4} {2}\S+ \S+ {2}apply {2}ok {2}3 hosts changed {2}playbooks\/site.ts -i inventory\/site.yaml\n$/);
    const [id = ''] = listed.split(' ');
    appendFileSync(join(project.dir, '.plinth/runs', id, 'events.jsonl'), '{"type":"taskRes');
    expect((await project.run('runs', 'show', 'last')).out).toBe(first.out);
    expect((await project.run('runs', 'show', 'nope')).err).toContain('there is no run "nope"');
  });

  it('goes on with an interrupted run without repeating what no reading shows', async () => {
    await project.run('apply', 'playbooks/site.ts', '--limit', 'cp1');
    const [id = ''] = readdirSync(join(project.dir, '.plinth/runs'));
    const path = join(project.dir, '.plinth/runs', id, 'events.jsonl');
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    writeFileSync(path, `${lines.slice(0, -1).join('\n')}\n`);
    const meta = join(project.dir, '.plinth/runs', id, 'meta.json');
    writeFileSync(meta, readFileSync(meta, 'utf8').replace(/"pid": \d+/, '"pid": 4194303'));
    expect((await project.run('runs')).out).toContain('interrupted');
    const resumed = await project.run('apply', 'playbooks/site.ts', '--resume');
    expect(resumed).toMatchObject({ code: 0 });
    expect(resumed.err).toBe(`goes on with run ${id}; 1 done that no reading shows will not be repeated\n`);
    expect(read('cp1.count')).toBe('x\n');
    expect(existsSync(join(project.dir, 'w1.count'))).toBe(false);
    expect((await project.run('apply', 'playbooks/site.ts', '--resume')).err).toContain('came to its end');
    await project.run('apply', 'playbooks/site.ts', '--limit', 'cp1');
    expect(read('cp1.count')).toBe('x\nx\n');
  });

  it('stops on the first Ctrl-C with exit code 130', async () => {
    project.write('playbooks/slow.ts', site.replace('echo x >>', 'sleep 60; echo x >>'));
    let press = (): void => undefined;
    const running = project.runWith({ onInterrupt: (handler) => ((press = handler), () => undefined), out: (text) => void (text.includes('greeting') && press()) }, 'apply', 'playbooks/slow.ts', '--limit', 'cp1');
    expect(await running).toMatchObject({ code: 130 });
    expect(existsSync(join(project.dir, 'cp1.count'))).toBe(false);
    expect((await project.run('runs')).out).toContain('interrupted');
  });
});

describe('other commands', () => {
  it('list shows hosts, and the tasks of a playbook', async () => {
    expect((await project.run('list')).out).toBe('inventory/site.yaml  3 hosts\n  cp1  controlPlane\n  w1   workers\n  w2   workers\n');
    expect((await project.run('list', 'playbooks/site.ts')).out).toMatch(/^Files {2}cp1, w1, w2\n {2}greeting {2}file {5}text {2}DIR\/playbooks\/site.ts:6\n/);
    expect(JSON.parse((await project.run('list', 'playbooks/site.ts', '--output', 'json')).out)).toMatchObject({ plays: [{ play: 'Files', tasks: [{ task: 'greeting', module: 'file', tags: ['text'] }, { task: 'count' }] }] });
  });

  it('exec prints per host and fails when one fails', async () => {
    const ok = await project.run('exec', 'workers', '--', 'printf', '%s|', "it's", 'a b');
    expect(ok).toMatchObject({ code: 0 });
    expect(ok.out.split('\n').toSorted().join('\n')).toBe("\n  it's|a b|\n  it's|a b|\n✓ w1\n✓ w2");
    const failed = await project.run('exec', 'cp1', '--', 'echo $unset; echo oops >&2; exit 3');
    expect(failed).toMatchObject({ code: 1, out: '✗ cp1  exit code 3\n\n  oops\n'.replace('\n\n', '\n') });
    expect((await project.run('exec', 'cp1')).err).toContain('COMMAND [ARGS] is missing after --');
  });

  it('ping and facts reach hosts', async () => {
    const pinged = await project.run('ping', 'cp1', '--output', 'json');
    expect(JSON.parse(pinged.out)).toMatchObject([{ host: 'cp1', ok: true, transport: 'local' }]);
    const facts = await project.run('facts', 'cp1', '--output', 'json');
    expect(JSON.parse(facts.out)).toMatchObject({ cp1: { arch: expect.any(String) as unknown } });
    expect((await project.run('facts', 'cp1')).out).toContain('kernel');
  });

  it('explain names every source', async () => {
    expect((await project.run('explain', 'cp1', 'dir')).out).toBe('dir = DIR\n  all  inventory/site.yaml:5:14\n');
    expect((await project.run('explain', 'cp1', 'text')).out).toBe('text = hello\n  schema\n');
  });

  it('schema prints both schemas', async () => {
    expect(JSON.parse((await project.run('schema')).out)).toMatchObject({ type: 'object', title: 'Plinth inventory' });
    expect(JSON.parse((await project.run('schema', 'events')).out)).toHaveProperty('oneOf');
  });

  it('doc lists modules, shows one, and prints JSON Schema', async () => {
    expect((await project.run('doc')).out).toMatch(/^sysctl +kernel +Kernel parameters/m);
    const page = (await project.run('doc', 'sysctl')).out;
    expect(page).toMatch(/^ {2}file +string +Name of the file/m);
    expect(page).toMatch(/^ {2}state\? +"present" \| "absent" .* Default: "present"\.$/m);
    expect(JSON.parse((await project.run('doc', '--json')).out)).toContainEqual(expect.objectContaining({ name: 'sysctl', args: expect.objectContaining({ type: 'object' }) as unknown }));
    expect((await project.run('doc', 'sysctrl')).err).toContain('is it "sysctl"?');
  });

  it('completes commands, options, hosts, tags, playbooks and parts of lists', async () => {
    const complete = async (...words: string[]): Promise<string[]> => (await project.run('__complete', ...words)).out.trimEnd().split('\n').map((line) => line.split('\t')[0] ?? '');
    expect(await complete('ap')).toEqual(['apply']);
    expect(await complete('apply', '')).toEqual(['playbooks/site.ts', ':files']);
    expect(await complete('apply', '--ta')).toEqual(['--tags']);
    expect(await complete('apply', 'playbooks/site.ts', '--tags', '')).toEqual(['count', 'text']);
    expect(await complete('apply', 'playbooks/site.ts', '--tags', 'text,c')).toEqual(['text,count']);
    expect(await complete('apply', 'x', '--limit', 'w1,!c')).toEqual(['w1,!controlPlane', 'w1,!cp1']);
    expect(await complete('apply', 'x', '--output=j')).toEqual(['--output=jsonl', '--output=junit']);
    expect(await complete('explain', 'c')).toEqual(['cp1']);
    expect(await complete('apply', '-i', 'broken', '--limit', '')).toEqual(['']);
    expect((await project.run('completion', 'tcsh')).err).toContain('Shells: bash, zsh, fish');
  });
});
