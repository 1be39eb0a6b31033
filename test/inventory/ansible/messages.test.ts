import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadInventory } from '../../../src/inventory/index.ts';
import { complaint, folderWith, warningsOf } from '../given.ts';
import { anything, asking, loadAnsible } from './given.ts';

const said = (file: string, text: string, more: Readonly<Record<string, string>> = {}): Promise<string> => complaint(loadAnsible({ [file]: text, ...more }, asking));

describe('a bad INI inventory', () => {
  it.each([
    ['an odd section', '[web:odd]\n'],
    ['a section with spaces', '[my web]\nh\n'],
    ['variables of nobody', '[web]\nh\n[wbe:vars]\na=1\n'],
    ['children that do not exist', '[site:children]\nweb\ndb\n[web]\nh\n'],
    ['groups that hold each other', '[a:children]\nb\n[b:children]\na\n[g]\nh\n'],
    ['an open quote', '[g]\nh a="b\n'],
    ['words without =', '[g]\nh1 h2\n'],
    ['a bad range', '[g]\nnode[3:1]\n'],
    ['an IPv6 address', '[g]\n2001:db8::1\n'],
    ['variables among hosts', '[g]\nh\nansible_user=pi\n'],
    ['hosts among variables', '[g]\nh\n[g:vars]\nh2\n'],
    ['a name of ours', '[g]\ncontroller\n'],
    ['a host name with odd letters', '[g]\nh_1 a=1\nh/2\n'],
    ['a port that is none', '[g]\nh ansible_port=ssh\n'],
    ['become another user', '[g]\nh ansible_become_user=postgres\n'],
    ['become without sudo', '[g]\nh ansible_become_method=su\n'],
    ['a template where we connect to', '[g]\nh ansible_host={{ip}}\n'],
    ['no hosts', '[g]\n'],
  ])('%s', async (_, text) => {
    expect(await said('hosts.ini', text)).toMatchSnapshot();
  });
});

describe('a bad YAML inventory', () => {
  it.each([
    ['hosts as a list', 'all: { hosts: [h1, h2] , children: { g: { vars: { a: 1 } } }, vars: { x: 1 } }\n'],
    ['children as a list', 'all:\n  children:\n    - web\n  vars: {}\n'],
    ['a plugin', 'plugin: amazon.aws.aws_ec2\nregions: [eu-central-1]\n'],
    ['no YAML', 'all:\n  hosts:\n  h1: [\n'],
    ['variables that are no map', 'all: { hosts: { h1: }, vars: [1] }\n'],
    ['a group that is a text', 'all: { children: { g: h1 } }\n'],
  ])('%s', async (_, text) => {
    expect(await said('hosts.yml', text)).toMatchSnapshot();
  });
});

describe('values that only Ansible can work out', () => {
  it('are errors where the schema asks for them', async () => {
    expect(await said('hosts.ini', '[workers]\nh nodeIp={{ip}}\n', { 'group_vars/workers.yml': 'mtu: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  3133\nmaxPods: 110\n' })).toMatchSnapshot();
  });

  it('are warned of where it does not', async () => {
    const inventory = await loadAnsible({ 'hosts.ini': '[workers]\nh\n', 'group_vars/all.yml': 'a: "{{ b }}"\nb: ["{% if x %}"]\nc: !unsafe "{{ plain }}"\ntime_zone: UTC\n' }, asking);
    expect(warningsOf(inventory)).toMatchSnapshot();
  });
});

describe('what is there and counts for nothing', () => {
  it('is warned of', async () => {
    const inventory = await loadAnsible({
      'hosts.yml': 'all: { children: { workers: { hosts: { h: { ansible-host: 10.0.0.1, ansible_usr: pi } }, host: { b: }, vars: { a: 1, a: 2 } } } }\n',
      'group_vars/worker.yml': 'a: 1\n',
      'group_vars/workers/a.yml': 'b: 1\n',
      'group_vars/workers.yml': 'b: 2\n',
      'host_vars/x.yml': 'c: 1\n',
      'host_vars/h.yml': '$ANSIBLE_VAULT;1.1;AES256\n3132\n',
    }, anything);
    expect(warningsOf(inventory)).toMatchSnapshot();
  });

  it('is named where ansible.cfg says how hosts are reached', async () => {
    const files = { 'inv/hosts.ini': '[g]\nh1\n', 'ansible.cfg': '[defaults]\nremote_user = pi\n# private_key_file = x\nhost_key_checking = False\n[privilege_escalation]\nbecome=True\n[ssh_connection]\nssh_args = -C -o ControlMaster=auto\n' };
    expect(warningsOf(await loadAnsible(files, anything))).toMatchInlineSnapshot(`
      [
        "ansible.cfg:2:1: remote_user = pi: ansible.cfg is not read here
        → say it in a Plinth file beside, -i INVENTORY -i more.yaml: \`ssh: { user: pi }\`",
      ]
    `);
    expect(warningsOf(await loadAnsible({ ...files, 'ansible.cfg': '[defaults]\nforks = 10\n' }, anything))).toEqual([]);
  });

  it('vars files that cannot be read are complained of', async () => {
    expect(await said('hosts.ini', '[workers]\nh\n', { 'group_vars/workers.yml': '[1, 2]\n', 'group_vars/all.yml': 'a: [\n', 'host_vars/h/a.yml': 'b: 1\n' })).toMatchSnapshot('bad YAML');
    const cwd = await folderWith({ 'hosts.ini': '[workers]\nh\n', 'group_vars/all/a.yml': 'b: 1\n' });
    await symlink('nowhere', join(cwd, 'group_vars/all/b.yml'));
    expect(await complaint(loadInventory('hosts.ini', anything, { cwd, env: {} }))).toMatchSnapshot('a link to nowhere');
  });

  it('in TOML and in a vault is refused with the way out', async () => {
    expect(await complaint(loadAnsible({ 'hosts.toml': '[g.hosts.h]\n' }, anything, { path: 'ansible:hosts.toml' }))).toMatchSnapshot('TOML');
    expect(await complaint(loadAnsible({ 'hosts.yml': '$ANSIBLE_VAULT;1.1;AES256\n3132\n' }, anything, { path: 'ansible:hosts.yml' }))).toMatchSnapshot('vault');
    expect(await complaint(loadAnsible({ 'inv/group_vars/all.yml': 'a: 1\n' }, anything, { path: 'inv' }))).toMatchSnapshot('folder');
  });
});

describe('files that SOPS encrypted', () => {
  const encrypted = 'mtu: ENC[AES256_GCM,data:abc=,iv:x,tag:y,type:int]\nother: ENC[AES256_GCM,data:abc=,iv:x,tag:y,type:str]\nsops: { version: 3.9.0 }\n';
  it('are named where the schema asks for what is in them, with the way to have it', async () => {
    expect(await said('hosts.ini', '[workers]\nh\n', { 'group_vars/workers/secret.sops.yml': encrypted })).toMatchInlineSnapshot(`
      "group_vars/workers/secret.sops.yml:1:6: mtu: is encrypted with SOPS, and files of Ansible are not opened
        → name it in a Plinth file beside: -i INVENTORY -i more.yaml with \`!secret "sops:FILE#mtu"\`, where FILE is group_vars/workers/secret.sops.yml as seen from there"
    `);
  });
  it('are not passed over in silence beside the others', async () => {
    const cwd = await folderWith({ 'hosts.ini': '[workers]\nh nodeIp=10.0.0.1 mtu=1500\n', 'group_vars/workers.sops.yaml': encrypted });
    const inventory = await loadInventory('hosts.ini', asking, { cwd, env: {} });
    expect(warningsOf(inventory).join('\n')).toMatchInlineSnapshot(`
      "group_vars/workers.sops.yaml:1:1: this file is encrypted with SOPS and was not read
        → name what is needed of it in a Plinth file beside: -i INVENTORY -i more.yaml with \`!secret "sops:FILE#NAME"\`"
    `);
  });
});
