import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { built } from './built.ts';
import type { RunEvent } from '../../src/report/event.ts';
import { complaint } from './complaint.ts';
import type { Ran } from './controller.ts';
import { labNodes } from './lab-nodes.ts';
import { tracesAfter } from './traces.ts';

const nodes = labNodes('bad');
const root = fileURLToPath(new URL('../..', import.meta.url));
const good = 'vars:\n  greeting: hello\n';

/** A golden file of this name. */
const golden = async (name: string, ran: Ran): Promise<void> => expect(complaint(nodes, ran)).toMatchFileSnapshot(`golden/${name}.txt`);

/** An inventory layer that says how node2 is reached. */
const node2 = (ssh: Readonly<Record<string, unknown>>): string => nodes.write('node2.yaml', stringify({ hosts: { node2: { ssh } } }));

/** Text of a playbook with these tasks on every host. */
const tasks = (lines: string): string => `import { defineFleet, defineTemplate, playbook } from 'plinth';
import * as modules from 'plinth/modules';
import { z } from 'zod';
const fleet = defineFleet({ shared: z.looseObject({}), groups: {} });
export default playbook(fleet, ({ play, groups }) => {
  play('Main', groups.all, ({ task, host }) => {
${lines.trimEnd()}
  });
});
`;
const applyTasks = (lines: string, ...more: readonly string[]): Promise<Ran> => nodes.plinth('apply', nodes.write('site.ts', tasks(lines)), '-i', nodes.inventory, ...more);
const touch = "    task('touch', modules.file, { path: '/srv/touched', content: 'x' });\n";

/** Which nodes have it; then none has it any more. */
async function touched(path = '/srv/touched'): Promise<string[]> {
  const there = await nodes.everywhere(`if [ -e ${path} ]; then echo yes; rm -rf ${path}; fi`);
  return nodes.names.filter((_, i) => there[i] === 'yes');
}

/** Why the last run did not come to a good end, as machines read it in the journal. */
function causes(): string[] {
  const runs = join(nodes.dir, '.plinth/runs');
  const last = readdirSync(runs).toSorted((a, b) => statSync(join(runs, a)).birthtimeMs - statSync(join(runs, b)).birthtimeMs).at(-1) ?? '';
  const events = readFileSync(join(runs, last, 'events.jsonl'), 'utf8').trim().split('\n').map((line): RunEvent => JSON.parse(line));
  return events.flatMap((event) => (event.type === 'runEnd' ? event.errors.map(({ cause, host }) => `${host} ${cause}`) : []));
}

beforeAll(async () => {
  nodes.write('good.yaml', good);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'nobody', '-f', 'nobody.key'], { cwd: nodes.dir });
  await nodes.on('node2', `useradd -m -s /bin/bash asks; echo 'asks:right' | chpasswd; echo 'asks ALL=(ALL) ALL' >/etc/sudoers.d/asks; cp -r /home/plinth/.ssh /home/asks/; chown -R asks: /home/asks/.ssh; cp /bin/sleep /run/plinth-slow`);
});

describe('an inventory that is wrong is told before anything is connected to', () => {
  it.each([
    ['unknown-key', 'vars:\n  greeting: hello\n  tmies: 3\n'],
    ['unknown-setting', `${good}\nssh:\n  prot: 22\n`],
    ['wrong-type', 'vars:\n  greeting: hello\nhosts:\n  node2:\n    vars:\n      times: often\n'],
    ['missing-var', 'hosts:\n  node1: { vars: { greeting: hello } }\n  node3: { vars: { greeting: hello } }\n'],
    ['not-yaml', 'vars:\n  greeting: "hello\n'],
  ])('%s', async (name, text) => {
    const ran = await nodes.plinth('apply', nodes.playbook('greet.ts'), '-i', nodes.inventory, '-i', nodes.write('bad.yaml', text));
    expect(ran.code).toBe(1);
    await golden(name, ran);
    expect(await touched('/srv/greet')).toEqual([]);
  });

  it('no such file', async () => {
    nodes.write('fleets/home.yaml', good);
    const ran = await nodes.plinth('apply', nodes.playbook('greet.ts'), '-i', 'fleets/nowhere.yaml');
    expect(ran.code).toBe(1);
    await golden('no-inventory', ran);
  });

  it('a limit that fits nothing', async () => {
    const ran = await nodes.plinth('apply', nodes.playbook('greet.ts'), '-i', nodes.inventory, '-i', 'good.yaml', '--limit', 'nod2');
    expect(ran.code).toBe(1);
    await golden('limit', ran);
    expect(await touched('/srv/greet')).toEqual([]);
  });
});

describe('a playbook that is wrong is told before anything is connected to', () => {
  it.each([
    ['syntax-error', tasks("    task('broken', modules.file, { path: '/srv/touched', );\n")],
    ['misspelt-module', tasks(`    task('broken', modules.flie, { path: '/srv/touched' });\n`)],
    ['wrong-arg', tasks(`${touch}    task('broken', modules.file, { path: 'srv/touched', contnet: 'x' });\n`)],
    ['throws', tasks(`${touch}    if (host.name === 'node2') throw new Error('I cannot');\n`)],
    [
      'undefined-template-variable',
      tasks(`${touch}    task('broken', modules.template, { path: '/srv/touched', from: motd({ name: host.name }) });\n`).replace('export default', "const motd = defineTemplate({ name: 'motd.hbs', source: 'This is\\n{{nmae}}\\n', vars: z.strictObject({ name: z.string() }) });\nexport default"),
    ],
    [
      'wrong-template-variable',
      tasks(`${touch}    task('broken', modules.template, { path: '/srv/touched', from: motd({ name: host.name === 'node2' ? undefined : 'x' }) });\n`).replace('export default', "const motd = defineTemplate({ name: 'motd.hbs', source: 'This is\\n{{name}}\\n', vars: z.strictObject({ name: z.string() }) });\nexport default"),
    ],
  ])('%s', async (name, text) => {
    const ran = await nodes.plinth('apply', nodes.write('site.ts', text), '-i', nodes.inventory);
    expect(ran.code).toBe(1);
    await golden(name, ran);
    expect(await touched()).toEqual([]);
  });

  it('no such file', async () => {
    const ran = await nodes.plinth('apply', 'nowhere.ts', '-i', nodes.inventory);
    expect(ran.code).toBe(1);
    await golden('no-playbook', ran);
  });

  it('arguments that do not fit do not compile', async () => {
    nodes.write('site.ts', tasks("    task('broken', modules.file, { path: '/srv/touched', contnet: 'x' });\n    task('wrong', modules.directory, { path: 7 });\n"));
    symlinkSync(join(root, 'node_modules'), join(nodes.dir, 'node_modules'));
    const paths = { plinth: [join(root, 'src/index.ts')], 'plinth/modules': [join(root, 'src/modules/index.ts')] };
    nodes.write('package.json', '{ "type": "module" }');
    nodes.write('tsconfig.json', JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions: { paths, types: ['node'], typeRoots: [join(root, 'node_modules/@types')] }, include: ['site.ts'] }));
    const child = spawn(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.', '--pretty', 'false'], { cwd: nodes.dir });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    await once(child, 'close');
    // How a type is spelt out is the compiler's own affair.
    expect(stdout.trim().split('\n')).toEqual([expect.stringMatching(/^site\.ts\(7,58\): error TS\d+: .*'contnet' does not exist in type .* Did you mean to write 'content'\?$/), expect.stringMatching(/^site\.ts\(8,40\): error TS\d+: Type 'number' is not assignable to type 'string'\.$/)]);
  });
});

describe('a host that cannot be had does not stop the others', () => {
  const greet = (layer: string, ...more: readonly string[]): Promise<Ran> => nodes.plinth('apply', nodes.playbook('greet.ts'), '-i', nodes.inventory, '-i', 'good.yaml', '-i', layer, ...more);
  const known = (text: string): string => nodes.write('known_hosts', text);

  it.each([
    ['nothing-listens', 'unreachable', () => ({ port: 1, connectRetries: 1 })],
    ['wrong-key', 'auth', () => ({ identityFile: 'nobody.key' })],
    ['no-such-key', 'auth', () => ({ identityFile: 'nowhere.key' })],
    ['pinned-host-key', 'host-key', () => ({ hostKeys: nodes.host('node1').hostKeys })],
    ['changed-host-key', 'host-key', () => ({ hostKeys: [], knownHosts: known(`[127.0.0.1]:${nodes.host('node2').port} ${nodes.host('node1').hostKeys[0]}\n`) })],
    ['unknown-host-key', 'host-key', () => ({ hostKeys: [], knownHosts: known('') })],
    ['no-sudo-password', 'become', () => ({ user: 'asks' })],
  ])('%s', async (name, cause, ssh) => {
    const ran = await greet(node2(ssh()));
    expect(ran.code).toBe(1);
    expect(causes()).toEqual([`node2 ${cause}`]);
    await golden(name, ran);
    expect(await touched('/srv/greet')).toEqual(['node1', 'node3']);
  });

  it('wrong sudo password, which is asked for once and shown nowhere', async () => {
    nodes.env['SUDO_PASSWORD'] = 'wrong-password';
    const layer = nodes.write('node2.yaml', 'hosts:\n  node2:\n    ssh: { user: asks, becomePassword: !secret env:SUDO_PASSWORD }\n');
    const ran = await greet(layer);
    expect(ran.code).toBe(1);
    expect(ran.stdout + ran.stderr).not.toContain('wrong-password');
    expect(causes()).toEqual(['node2 become']);
    await golden('wrong-sudo-password', ran);
    expect(await touched('/srv/greet')).toEqual(['node1', 'node3']);
    expect(await nodes.on('node2', 'journalctl --no-pager | grep -c "sudo.*auth.*asks.*incorrect\\|asks : 1 incorrect password attempt"')).toBe('1');
    nodes.env['SUDO_PASSWORD'] = 'right';
    expect((await greet(layer)).code).toBe(0);
    expect(await touched('/srv/greet')).toEqual(nodes.names);
  });

  it('no way there', async () => {
    // Without a network, what is sent nowhere is refused at once.
    const child = spawn('unshare', ['--net', process.execPath, built(), 'apply', nodes.playbook('greet.ts'), '-i', nodes.inventory, '-i', 'good.yaml', '-i', node2({ address: '192.0.2.1', connectRetries: 0 }), '--limit', 'node2'], { cwd: nodes.dir, env: nodes.env });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [code]: (number | null)[] = await once(child, 'close');
    expect(code).toBe(1);
    expect(causes()).toEqual(['node2 unreachable']);
    await golden('no-route', { code: 1, signal: null, stdout, stderr, events: [] });
  });
});

describe('a task that fails on one host does not stop the others', () => {
  const onNode2 = (lines: string): string => `    if (host.name === 'node2') {\n${lines.replace(/^ {2}/gm, '    ')}    }\n${touch}`;

  it('a command that fails', async () => {
    const ran = await applyTasks(onNode2("    task('broken', modules.command, { run: 'echo looking >&2; ls /nowhere; echo not reached' });\n"));
    expect(ran.code).toBe(1);
    expect(causes()).toEqual(['node2 apply']);
    await golden('command-fails', ran);
    expect(await touched()).toEqual(['node1', 'node3']);
  });

  it.each([
    ['disk-full', 300_000],
    ['disk-full-inline', 30_000],
  ])('%s', async (name, bytes) => {
    await nodes.on('node2', 'mkdir -p /srv/full; mount -t tmpfs -o size=64k tmpfs /srv/full; head -c 50000 /dev/zero >/srv/full/there; echo before >/srv/full/file');
    const ran = await applyTasks(onNode2(`    task('broken', modules.file, { path: '/srv/full/file', content: 'x'.repeat(${bytes}) });\n`));
    expect(ran.code).toBe(1);
    expect(causes()).toEqual(['node2 apply']);
    await golden(name, ran);
    expect(await nodes.on('node2', 'ls -A /srv/full; cat /srv/full/file; umount /srv/full')).toBe('file\nthere\nbefore');
    expect(await touched()).toEqual(['node1', 'node3']);
  });

  it('a command that hangs is ended with all its children', async () => {
    const ran = await applyTasks(onNode2("    task('broken', modules.command, { run: 'echo waits; (/run/plinth-slow 1000 &); /run/plinth-slow 1000' }, { timeout: 2000 });\n"));
    expect(ran.code).toBe(1);
    expect(causes()).toEqual(['node2 timeout']);
    await golden('command-hangs', ran);
    expect(await tracesAfter(nodes, 20)).toEqual([]);
    expect(await touched()).toEqual(['node1', 'node3']);
  });

  it('a host that refuses', async () => {
    const ran = await applyTasks(onNode2("    task('broken', modules.assert, { that: [{ test: '[ -d /srv/nowhere ]', message: 'there is no /srv/nowhere', hint: 'Attach the disk.' }] });\n"));
    expect(ran.code).toBe(1);
    expect(causes()).toEqual(['node2 refused']);
    await golden('refuses', ran);
    expect(await touched()).toEqual(['node1', 'node3']);
  });

  const dropping = (lines: string) => {
    const run = nodes.start('apply', nodes.write('site.ts', tasks(onNode2(lines))), '-i', nodes.inventory, '-i', node2({ connectRetries: 0 }));
    return { run, cut: () => expect.poll(() => nodes.on('node2', 'pgrep -c plinth-slow || :'), { timeout: 20_000 }).not.toBe('0') };
  };

  it('a link that drops in the middle of an event: how far it came is not known, so it is not done again', async () => {
    const { run, cut } = dropping("    task('broken', modules.command, { run: 'echo begun >>/srv/events; /run/plinth-slow 3; echo done >>/srv/events' });\n");
    await cut();
    await nodes.on('node2', killSession);
    const ran = await run.done;
    expect(ran.code).toBe(1);
    expect(causes()).toEqual(['node2 lost']);
    await golden('link-drops', ran);
    expect(await nodes.on('node2', 'cat /srv/events; rm /srv/events')).toBe('begun');
    expect(await tracesAfter(nodes, 20)).toEqual([]);
    expect(await touched()).toEqual(['node1', 'node3']);
  });

  it('a link that drops in the middle of a state: it is read over a new one, and mended', async () => {
    const { run, cut } = dropping("    task('slow', modules.command, { run: 'echo begun >>/srv/events; [ $(grep -c begun /srv/events) = 2 ] || /run/plinth-slow 30; touch /srv/state', creates: '/srv/state' });\n");
    await cut();
    await nodes.on('node2', killSession);
    const ran = await run.done;
    expect([ran.code, ran.stdout]).toEqual([0, expect.stringContaining('done again over a new one')]);
    expect(await nodes.on('node2', 'cat /srv/events; rm /srv/events /srv/state')).toBe('begun\nbegun');
    expect(await touched()).toEqual(nodes.names);
  });

  it('a host that goes and does not come back', async () => {
    const { run, cut } = dropping("    task('broken', modules.command, { run: '/run/plinth-slow 1000', creates: '/srv/never' });\n");
    await cut();
    await nodes.on('node2', 'nohup sh -c "sleep 0.3; systemctl poweroff --force --force" >/dev/null 2>&1 &');
    const ran = await run.done;
    expect(ran.code).toBe(1);
    expect(causes()).toEqual(['node2 lost']);
    await golden('host-gone', ran);
    expect(await nodes.on('node1', 'test -e /srv/touched && echo yes')).toBe('yes');
    expect(await nodes.on('node3', 'test -e /srv/touched && echo yes')).toBe('yes');
  });
});

/** Ends the sshd of the session in which the slow program runs, as a link that is cut would. */
const killSession = `pid=$(pgrep -o plinth-slow); s=$(sed -n 's/.*\\(session-[0-9c]*\\.scope\\).*/\\1/p' /proc/$pid/cgroup | head -n 1)
for p in $(pgrep sshd); do if grep -q "$s" /proc/$p/cgroup; then kill -9 $p; fi; done`;
