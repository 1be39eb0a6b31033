import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sources } from '../../../src/inventory/dynamic/sources.ts';
import { complaint, folderWith } from '../given.ts';
import { varsOf } from '../ansible/given.ts';
import { folderWithPrograms, loadFrom } from './given.ts';

const vagrantConfig = `Host cp1
  HostName 127.0.0.1
  User vagrant
  Port 2222
  UserKnownHostsFile /dev/null
  StrictHostKeyChecking no
  IdentityFile "/home/op/my box/private_key"
  LogLevel FATAL

Host w1
  HostName 192.168.121.7
  User vagrant
  Port 22
  IdentityFile /home/op/box/w1
`;

const own = { groups: { workers: { hosts: { node1: { ssh: { address: '10.0.0.11' }, vars: { size: 2 } } } } } };
const resources = [
  { mode: 'data', type: 'hcloud_server', name: 'x', instances: [{ attributes: { name: 'no', ipv4_address: '10.9.9.9' } }] },
  { mode: 'managed', type: 'hcloud_server', name: 'cp', instances: [{ attributes: { name: 'cp1', ipv4_address: '10.0.0.1', labels: { role: 'controlPlane' } } }] },
  { mode: 'managed', type: 'proxmox_vm_qemu', name: 'w', instances: [{ attributes: { name: 'w1', default_ipv4_address: '10.0.0.2', tags: 'workers;k3s' } }, { attributes: { name: 'w2', default_ipv4_address: '10.0.0.3', tags: 'workers' } }] },
  { mode: 'managed', type: 'proxmox_virtual_environment_vm', name: 'p', instances: [{ attributes: { name: 'p1', ipv4_addresses: [['127.0.0.1'], ['10.0.0.4']], tags: ['workers', '9bad'] } }] },
  { mode: 'managed', type: 'libvirt_domain', name: 'l', instances: [{ attributes: { name: 'l1', network_interface: [{ addresses: ['10.0.0.5'] }] } }] },
  { mode: 'managed', type: 'null_resource', name: 'n', instances: [{ attributes: null }] },
];

/** What each source answers to: a folder, what is asked for, and the hosts that come of it with their addresses. */
const answers: Readonly<Record<string, { readonly folder: () => Promise<string>; readonly path: string; readonly hosts: Readonly<Record<string, object>>; readonly groups?: Readonly<Record<string, readonly string[]>> }>> = {
  vagrant: {
    folder: () => folderWithPrograms({ vagrant: `[ "$*" = ssh-config ] && [ "\${PWD##*/}" = box ] && cat <<'X'\n${vagrantConfig}X` }, { 'box/Vagrantfile': '' }),
    path: 'vagrant:box',
    hosts: { cp1: { transport: 'auto', address: '127.0.0.1', port: 2222, user: 'vagrant', identityFiles: ['/home/op/my box/private_key'] }, w1: { transport: 'auto', address: '192.168.121.7', port: 22, user: 'vagrant', identityFiles: ['/home/op/box/w1'] } },
  },
  terraform: {
    folder: () => folderWithPrograms({ terraform: `[ "$*" = 'output -json -no-color' ] && cat out.json` }, { 'infra/out.json': JSON.stringify({ plinth: { sensitive: false, type: 'string', value: own } }) }),
    path: 'terraform:infra',
    hosts: { node1: { transport: 'auto', address: '10.0.0.11' } },
    groups: { all: ['node1'], workers: ['node1'] },
  },
  command: {
    folder: () => folderWithPrograms({ hosts: `echo "hosts: { '$1': { ssh: { user: pi } } }"` }),
    path: "command:hosts 'node1'",
    hosts: { node1: { transport: 'auto', user: 'pi' } },
  },
  'ssh-config': {
    folder: () => folderWith({ '.ssh/config': 'Host k1 k2 *.lan\n  User pi\nHost other\nInclude conf.d/*\nMatch host x\n  User y\n', '.ssh/conf.d/a': 'Host k3\n  HostName 10.0.0.3\n' }),
    path: 'ssh-config:k?',
    hosts: { k1: { transport: 'auto' }, k2: { transport: 'auto' }, k3: { transport: 'auto' } },
  },
};

describe.each(sources)('$name', ({ name, summary, age }) => {
  const answer = answers[name];
  it('gives hosts as they are reached', async () => {
    if (!answer) throw new Error(`no answer for ${name}: add one to this table`);
    const inventory = await loadFrom(await answer.folder(), answer.path);
    expect(inventory.hosts.map((host) => host.name)).toEqual(Object.keys(answer.hosts));
    for (const [host, reach] of Object.entries(answer.hosts)) expect(await inventory.reach(host)).toEqual({ host, ...reach });
    if (answer.groups) expect(inventory.groups).toEqual(answer.groups);
  });

  it('says what it is, and how long its answer is good for', () => {
    expect(summary).toMatch(/\w/);
    expect(age ?? 1).toBeGreaterThan(0);
  });

  it('gives its answer anew, or says how old it is', async () => {
    const folder = (await answer?.folder()) ?? '';
    let now = 1_000_000;
    const notes: string[] = [];
    const ask = (refresh = false) => loadFrom(folder, answer?.path ?? '', { cache: { dir: join(folder, 'cache'), refresh, note: (text) => void notes.push(text), now: () => now } });
    const first = await ask();
    expect(notes).toEqual([]);
    now += 42_000;
    expect((await ask()).hosts).toEqual(first.hosts);
    expect(notes).toEqual(age === undefined ? [] : [`${answer?.path}: from the cache, 42 s old (--refresh asks again)`]);
    await ask(true);
    now += (age ?? 0) + 1;
    await ask();
    expect(notes).toHaveLength(age === undefined ? 0 : 1);
  });
});

describe('the cache', () => {
  it('is what keeps a program from being asked, and nothing else is taken for it', async () => {
    const cwd = await folderWithPrograms({ hosts: 'echo x >> asked; echo "hosts: [node1]"' });
    const dir = join(cwd, 'cache');
    await loadFrom(cwd, 'command:hosts', { cache: { dir } });
    await loadFrom(cwd, 'command:hosts', { cache: { dir } });
    const { readdir, readFile, stat } = await import('node:fs/promises');
    expect(await readFile(join(cwd, 'asked'), 'utf8')).toBe('x\n');
    const [file = ''] = await readdir(dir);
    expect((await stat(join(dir, file))).mode & 0o777).toBe(0o600);
    await writeFile(join(dir, file), 'broken');
    await loadFrom(cwd, 'command:hosts', { cache: { dir } });
    expect(await readFile(join(cwd, 'asked'), 'utf8')).toBe('x\nx\n');
  });

  it('keeps no failure', async () => {
    const cwd = await folderWithPrograms({ hosts: '[ -e there ] || exit 3; echo "hosts: [node1]"' });
    const cache = { dir: join(cwd, 'cache') };
    await expect(loadFrom(cwd, 'command:hosts', { cache })).rejects.toThrow('exit code 3');
    await writeFile(join(cwd, 'there'), '');
    expect((await loadFrom(cwd, 'command:hosts', { cache })).hosts).toHaveLength(1);
  });
});

describe('a state of Terraform', () => {
  it('gives the machines that it knows the addresses of, their tags as groups', async () => {
    const cwd = await folderWith({ 'terraform.tfstate': JSON.stringify({ version: 4, terraform_version: '1.9.0', outputs: {}, resources }) });
    const inventory = await loadFrom(cwd, 'terraform:terraform.tfstate');
    expect(await Promise.all(inventory.hosts.map(async ({ name }) => [name, (await inventory.reach(name)).address]))).toEqual([['cp1', '10.0.0.1'], ['w1', '10.0.0.2'], ['w2', '10.0.0.3'], ['p1', '10.0.0.4'], ['l1', '10.0.0.5']]);
    expect(inventory.groups).toEqual({ all: ['cp1', 'w1', 'w2', 'p1', 'l1'], controlPlane: ['cp1'], workers: ['w1', 'w2', 'p1'], k3s: ['w1'] });
  });

  it('gives its output `plinth`, where it has one; so does what `terraform output -json` printed', async () => {
    const cwd = await folderWith({ 'a.tfstate': JSON.stringify({ version: 4, outputs: { plinth: { value: own } }, resources }), 'out.json': JSON.stringify({ plinth: { value: own }, other: { value: 1 } }) });
    for (const path of ['terraform:a.tfstate', 'terraform:out.json']) expect(varsOf(await loadFrom(cwd, path))).toEqual({ node1: { size: 2 } });
  });
});

describe('several sources', () => {
  it('are one inventory with files of ours', async () => {
    const cwd = await folderWithPrograms({ vagrant: `cat <<'X'\n${vagrantConfig}X` }, { 'groups.yaml': 'groups: { controlPlane: { hosts: [cp1] }, workers: { hosts: [w1], vars: { a: 1 } } }\n' });
    const inventory = await loadFrom(cwd, ['vagrant:', 'groups.yaml']);
    expect(inventory.groups).toEqual({ all: ['cp1', 'w1'], controlPlane: ['cp1'], workers: ['w1'] });
    expect(varsOf(inventory)['w1']).toEqual({ a: 1 });
  });

  it('command: takes what Ansible prints, and what it is told to look up', async () => {
    const cwd = await folderWithPrograms({ 'ansible-inventory': `echo '{ "_meta": { "hostvars": { "h1": { "v": 1 } } }, "g": { "hosts": ["h1"] } }'`, hosts: 'echo "hosts: { h2: { ssh: { password: !secret env:PW } } }"' });
    expect(varsOf(await loadFrom(cwd, 'command:ansible-inventory --list'))).toEqual({ h1: { v: 1 } });
    const secret = await loadFrom(cwd, 'command:hosts', { env: { PATH: `${cwd}/bin:/usr/bin:/bin`, PW: 'hunter2' } });
    expect(await secret.reach('h2')).toMatchObject({ password: 'hunter2' });
  });
});

describe('what goes wrong', () => {
  const wrong: readonly (readonly [string, string, Readonly<Record<string, string>>, Readonly<Record<string, string>>])[] = [
    ['no program', 'vagrant:', {}, {}],
    ['a failing program', 'vagrant:', { vagrant: 'echo "A Vagrant environment is required." >&2; exit 1' }, {}],
    ['no machine', 'vagrant:', { vagrant: 'echo nothing here' }, {}],
    ['no folder', 'terraform:infra', {}, {}],
    ['no output', 'terraform:', { terraform: 'echo "{ \\"ips\\": { \\"value\\": [] } }"' }, {}],
    ['no JSON', 'terraform:x', {}, { x: 'resource "a" "b" {}\n' }],
    ['an old state', 'terraform:x', {}, { x: '{ "version": 3, "modules": [] }' }],
    ['a state without machines', 'terraform:x', {}, { x: JSON.stringify({ version: 4, resources: [resources.at(-1)] }) }],
    ['an output of another form', 'terraform:x', {}, { x: JSON.stringify({ plinth: { value: { workers: ['a'], groups: {} } } }) }],
    ['an open quote', 'command:hosts "a', {}, {}],
    ['no words', 'command: ', {}, {}],
    ['no such program', 'command:./nobody', {}, {}],
    ['an exit code with its last lines', 'command:hosts', { hosts: 'for i in 1 2 3 4 5 6 7 8 9 10; do echo line $i >&2; done; exit 7' }, {}],
    ['a killed program', 'command:hosts', { hosts: 'kill -9 $$' }, {}],
    ['silence', 'command:hosts', { hosts: 'true' }, {}],
    ['text that is no inventory', 'command:hosts', { hosts: 'echo hello: [' }, {}],
    ['a misspelt key', 'command:hosts', { hosts: 'echo "groups: { a: { host: [x] } }"' }, {}],
    ['no ssh_config', 'ssh-config:', {}, {}],
    ['no fitting host', 'ssh-config:x*', {}, { '.ssh/config': 'Host a b\nHost *\n' }],
    ['an unknown source', 'proxmox:pve1', {}, {}],
  ];
  it.each(wrong)('%s', async (_, path, programs, files) => {
    const cwd = await folderWithPrograms(programs, files);
    const text = await complaint(loadFrom(cwd, path, { env: { HOME: cwd, PATH: Object.keys(programs).length > 0 ? `${cwd}/bin:/usr/bin:/bin` : join(cwd, 'bin') } }));
    expect(text.replaceAll(cwd, 'DIR')).toMatchSnapshot();
  });

  it('a program that takes too long is ended', async () => {
    const { runProgram } = await import('../../../src/inventory/dynamic/program.ts');
    const cwd = await folderWithPrograms({ hosts: 'exec sleep 600' });
    const text = await complaint(runProgram({ argv: [join(cwd, 'bin', 'hosts')], cwd, env: { PATH: '/usr/bin:/bin' }, timeout: 50, source: 'command:hosts' }));
    expect(text.replaceAll(cwd, 'DIR')).toMatchInlineSnapshot(`
      "command:hosts: it took longer than 0.05 s and was ended
        → run it yourself: DIR/bin/hosts"
    `);
  });
});

describe('a script of Ansible', () => {
  it('is asked for its list', async () => {
    const cwd = await folderWithPrograms({ list: `[ "$*" = --list ] && echo '{ "_meta": { "hostvars": { "h1": { "ansible_host": "10.0.0.1" } } }, "g": { "hosts": ["h1"], "vars": { "a": 1 } } }'` }, { 'bin/group_vars/g.yml': 'b: 2\n' });
    const inventory = await loadFrom(cwd, 'bin/list');
    expect(varsOf(inventory)).toEqual({ h1: { a: 1, b: 2 } });
    expect(await inventory.reach('h1')).toMatchObject({ address: '10.0.0.1' });
  });

  it('is asked for each host, where its list does not tell; also from within a folder', async () => {
    const cwd = await folderWithPrograms({});
    await mkdir(join(cwd, 'inv'));
    await writeFile(join(cwd, 'inv', 'list.sh'), `#!/bin/sh\ncase $1 in --list) echo '{ "g": ["h1", "h2"] }';; --host) echo "{ \\"me\\": \\"$2\\" }";; esac\n`, { mode: 0o755 });
    expect(varsOf(await loadFrom(cwd, 'inv'))).toEqual({ h1: { me: 'h1' }, h2: { me: 'h2' } });
  });

  it('is no script without its first line, whatever its mode', async () => {
    const cwd = await folderWithPrograms({});
    await writeFile(join(cwd, 'hosts.ini'), '[g]\nh1\n', { mode: 0o777 });
    expect((await loadFrom(cwd, 'hosts.ini')).hosts).toHaveLength(1);
  });

  it.each([
    ['fails', 'echo "Traceback: no token" >&2; exit 1'],
    ['prints no JSON', 'echo "{ oops"'],
    ['prints a list', 'echo "[1, 2]"'],
    ['prints odd groups', `echo '{ "_meta": {}, "g": { "hosts": "h1" }, "w": 3 }'`],
  ])('that %s is complained of', async (_, body) => {
    const cwd = await folderWithPrograms({ list: body });
    expect((await complaint(loadFrom(cwd, 'bin/list'))).replaceAll(cwd, 'DIR')).toMatchSnapshot();
  });
});
