import { describe, expect, it } from 'vitest';
import { sshArguments } from '../../../src/inventory/ansible/sshArguments.ts';
import { warningsOf } from '../given.ts';
import { loadAnsible, varsOf } from './given.ts';

const reachOf = async (vars: string) => {
  const { host: _, transport: __, ...rest } = await (await loadAnsible({ hosts: `[g]\nh ${vars}\n` })).reach('h');
  return rest;
};

describe('connection variables', () => {
  it.each<readonly [string, Readonly<Record<string, unknown>>]>([
    ['ansible_host=10.0.0.1 ansible_port=2222 ansible_user=pi', { address: '10.0.0.1', port: 2222, user: 'pi' }],
    ['ansible_ssh_host=10.0.0.1 ansible_ssh_port="2222" ansible_ssh_user=pi', { address: '10.0.0.1', port: 2222, user: 'pi' }],
    ['ansible_ssh_private_key_file=~/.ssh/lab', { identityFiles: ['/home/op/.ssh/lab'] }],
    ['ansible_private_key_file=/keys/lab', { identityFiles: ['/keys/lab'] }],
    ['ansible_become=true', { become: true }],
    ['ansible_become=False ansible_become_user=root ansible_become_method=sudo', { become: false }],
    ['ansible_become_password=hunter2', { becomePassword: 'hunter2' }],
    ['ansible_ssh_pass=a ansible_sudo_pass=b', { password: 'a', becomePassword: 'b' }],
    ['ansible_timeout=7 ansible_ssh_retries=3', { connectTimeout: 7000, connectRetries: 3 }],
    ['ansible_ssh_common_args="-J jump1,jump2"', { proxyJump: 'jump1,jump2' }],
    ['ansible_ssh_common_args="-o ProxyCommand=\\"ssh -W %h:%p -q bastion\\""', { proxyCommand: 'ssh -W %h:%p -q bastion' }],
    ['ansible_ssh_extra_args="-p 2200 -l pi -i /keys/x -o ConnectTimeout=9"', { port: 2200, user: 'pi', identityFiles: ['/keys/x'], connectTimeout: 9000 }],
    ['ansible_python_interpreter=/usr/bin/python3 ansible_pipelining=True ansible_remote_tmp=/tmp', {}],
    ['ansible_connection=ssh', {}],
  ])('%s', async (vars, reach) => {
    expect(await reachOf(vars)).toEqual(reach);
  });

  it('a relative key starts at the working folder, wherever the inventory lies', async () => {
    const inventory = await loadAnsible({ 'deep/hosts.ini': '[g]\nh ansible_ssh_private_key_file=keys/lab\n' });
    const [file] = (await inventory.reach('h')).identityFiles ?? [];
    expect(file).toMatch(/plinth-inventory-[^/]+\/keys\/lab$/);
  });

  it('a password from the environment is a secret, without a warning', async () => {
    const inventory = await loadAnsible({ 'hosts.yml': `g: { hosts: { h: }, vars: { ansible_become_password: "{{ lookup('env', 'SUDO') }}" } }\n` }, undefined, { env: { SUDO: 'hunter2' } });
    expect(inventory.warnings).toEqual([]);
    expect(await inventory.reach('h')).toMatchObject({ becomePassword: 'hunter2' });
    expect(await inventory.resolveSecrets()).toEqual(['hunter2']);
  });

  it('a password in the file is masked like any secret, and warned of', async () => {
    const inventory = await loadAnsible({ hosts: '[g]\nh ansible_become_password=hunter2\n' });
    expect(await inventory.resolveSecrets()).toEqual(['hunter2']);
    expect(JSON.stringify(inventory.explain('h'))).not.toContain('hunter2');
    expect(warningsOf(inventory)).toMatchInlineSnapshot(`
      [
        "hosts:2:3: ansible_become_password: a password stands here in plain text
        → it is masked in all output; better is a Plinth file beside (-i INVENTORY -i more.yaml) with \`ssh: { becomePassword: !secret env:NAME }\`",
      ]
    `);
  });

  it('hosts that are not reached by SSH are left out, by name', async () => {
    const inventory = await loadAnsible({ 'hosts.ini': '[g]\nh\n[windows]\nw[1:2]\n[windows:vars]\nansible_connection=winrm\n[switches]\ns1 ansible_connection=ansible.netcommon.network_cli\n' });
    expect(varsOf(inventory)).toEqual({ h: {} });
    expect(inventory.groups).toEqual({ all: ['h'], g: ['h'], windows: [], switches: [] });
    expect(warningsOf(inventory)).toMatchInlineSnapshot(`
      [
        "hosts.ini:6:1: ansible_connection: hosts are reached by SSH or are this machine, not by winrm
        → left out: w1, w2",
        "hosts.ini:8:4: ansible_connection: hosts are reached by SSH or are this machine, not by ansible.netcommon.network_cli
        → left out: s1",
      ]
    `);
  });
});

describe('arguments of ssh', () => {
  it.each<readonly [string, Readonly<Record<string, string>>, readonly string[]]>([
    ['-o ProxyJump=a@b:22 -o ControlMaster=auto -C -A', { proxyJump: 'a@b:22' }, []],
    ['-oProxyJump=a -oProxyJump=b', { proxyJump: 'a' }, []],
    ["-o 'ProxyCommand ssh -W %h:%p b'", { proxyCommand: 'ssh -W %h:%p b' }, []],
    ['-Ja,b', { proxyJump: 'a,b' }, []],
    ['-o StrictHostKeyChecking=no -o Ciphers=x -w 1', {}, ['-o StrictHostKeyChecking=no', '-o Ciphers=x', '-w', '1']],
    ['-F ./conf', { config: './conf' }, []],
    ['', {}, []],
  ])('%s', (text, settings, left) => {
    const found = sshArguments(text);
    expect([Object.fromEntries(found?.settings ?? []), found?.left]).toEqual([settings, left]);
  });
});
