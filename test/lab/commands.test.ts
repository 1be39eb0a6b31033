import { beforeAll, describe, expect, it } from 'vitest';
import { labNodes } from './lab-nodes.ts';

const nodes = labNodes('commands');
const fleet = ['-i', nodes.inventory, '-i', 'vars.yaml'];

beforeAll(() => {
  nodes.write('vars.yaml', 'vars: { greeting: hello }\nhosts: { node2: { vars: { greeting: "hi\\nyou" } } }\n');
  nodes.playbook('greet.ts');
});

/** Its standard output; fails when it does not end with this exit code. */
async function output(code: number, ...args: readonly string[]): Promise<string> {
  const ran = await nodes.plinth(...args);
  expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code, stderr: '' });
  return ran.stdout;
}
const json = async (...args: readonly string[]) => JSON.parse(await output(0, ...args, '--output', 'json'));

describe('commands on real nodes', () => {
  it('ping', async () => {
    expect(await json('ping', ...fleet)).toEqual(nodes.names.map((host) => ({ host, ok: true, transport: 'ssh', user: 'root', connected: expect.any(Number), latency: expect.any(Number) })));
    expect((await output(0, 'ping', 'node2', ...fleet)).replaceAll(/[\d.]+ ms/g, 'N ms')).toBe('✓ node2  root over ssh, connected in N ms, N ms a round trip\n');
  });

  it('exec', async () => {
    expect((await output(0, 'exec', 'node1,node3', ...fleet, '--', 'hostname; id -u')).split('✓ ').toSorted()).toEqual(['', 'node1\n  node1\n  0\n', 'node3\n  node3\n  0\n']);
    expect(await output(0, 'exec', 'node1', ...fleet, '--', 'echo', 'a  b', '$HOME', "it's")).toBe("✓ node1\n  a  b $HOME it's\n");
    expect(await output(1, 'exec', 'node2', ...fleet, '--', 'echo out; echo err >&2; exit 3')).toBe('✗ node2  exit code 3\n  out\n  err\n');
    const lines = (await output(1, 'exec', 'all', ...fleet, '--output', 'jsonl', '--', 'test $(hostname) != node2')).trim().split('\n').map((line) => JSON.parse(line));
    expect(lines.map(({ host, code }) => `${host} ${code}`).toSorted()).toEqual(['node1 0', 'node2 1', 'node3 0']);
  });

  it('facts', async () => {
    const facts = await json('facts', ...fleet);
    expect(Object.keys(facts)).toEqual(nodes.names);
    expect(facts.node2).toMatchObject({ hostname: 'node2', os: { id: 'debian' }, init: 'systemd', packageManager: 'apt' });
  });

  it('list and explain', async () => {
    expect((await json('list', 'greet.ts', ...fleet)).plays).toEqual([{ play: 'Greet', hosts: nodes.names, tasks: [expect.objectContaining({ task: 'folder', module: 'directory', hosts: nodes.names }), expect.objectContaining({ task: 'greeting', module: 'template' })] }]);
    expect(await output(0, 'explain', 'node2', 'greeting', ...fleet)).toMatch(/^greeting = hi\nyou\n {2}.*vars\.yaml:2:\d+\n {2}\(.*vars\.yaml:1:\d+ {2}hello\)\n$/);
  });

  it('runs', async () => {
    expect((await nodes.plinth('apply', 'greet.ts', ...fleet)).code).toBe(0);
    expect((await nodes.plinth('plan', 'greet.ts', ...fleet)).code).toBe(0);
    const listed = (await output(0, 'runs')).trim().split('\n');
    expect(listed.map((line) => line.replaceAll(/ {2,}/g, ' '))).toEqual([expect.stringMatching(/ plan ok 0 hosts to change greet\.ts -i /), expect.stringMatching(/ apply ok 3 hosts changed greet\.ts -i /)]);
    const [id = ''] = listed[1]?.split(' ') ?? [];
    const told = await output(0, 'runs', 'show', id, '--diff');
    expect(told).toContain('+you, 1 times');
    expect(told).toContain('converged: 6 changed, 0 unchanged on 3 hosts');
    const events = (await output(0, 'runs', 'show', id, '--output', 'jsonl')).trim().split('\n').map((line) => JSON.parse(line));
    expect(events.at(-1)).toMatchObject({ type: 'runEnd', ok: true, changed: 6 });
  });

  it('forms of a run: plain lines with a diff, JUnit for machines', async () => {
    await nodes.on('node2', 'echo hand-made >/srv/greet/text');
    const plan = await output(2, 'plan', 'greet.ts', ...fleet, '--diff');
    expect(plan).toContain('-hand-made');
    expect(plan).toContain('+you, 1 times');
    expect(plan).toContain('planned: 1 to change, 5 unchanged on 3 hosts');
    const junit = await output(2, 'plan', 'greet.ts', ...fleet, '--output', 'junit');
    expect(junit).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites [^>]*tests="6"/);
  });

  it('doc --json', async () => {
    const modules = JSON.parse(await output(0, 'doc', '--json'));
    const names = modules.map(({ name }: { name: string }) => name);
    for (const name of ['command', 'file', 'directory', 'link', 'template', 'line', 'block', 'packages', 'service', 'sysctl', 'kernelModules', 'kernelCheck', 'swap', 'hostname', 'hosts', 'user', 'authorizedKeys', 'assert', 'wait', 'reboot']) expect(names).toContain(name);
    const file = modules.find(({ name }: { name: string }) => name === 'file');
    expect(file.args).toMatchObject({ type: 'object', additionalProperties: false, required: ['path'] });
    for (const field of Object.values<{ description?: string }>(file.args.properties)) expect(field.description).toBeTruthy();
  });
});
