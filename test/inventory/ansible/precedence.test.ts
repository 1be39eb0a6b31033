import { describe, expect, it } from 'vitest';
import { anything, loadAnsible, varsOf } from './given.ts';

describe('which value wins', () => {
  it('by depth, by priority, by name; files give way to group_vars, group_vars to the host', async () => {
    const inventory = await loadAnsible({
      'hosts.ini': `[a_child]
h1
[b_child]
h1
[strong]
h1
[parent:children]
a_child
b_child
[all:vars]
who=all file
x=all file
[parent:vars]
who=parent file
depth=parent
[a_child:vars]
who=a file
name=a
depth=a
prio=a
[b_child:vars]
name=b
prio=b
[strong:vars]
ansible_group_priority=10
prio=strong
weak=strong
`,
      'group_vars/all.yml': 'who: all folder\nfolder: all\n',
      'group_vars/parent.yml': 'folder: parent\nweak: parent folder\n',
      'host_vars/h1.yml': 'host: folder\n',
    });
    // group_vars/all wins over what the inventory file says of any group; `strong` is less deep than the children.
    expect(varsOf(inventory)['h1']).toEqual({ who: 'all folder', x: 'all file', depth: 'a', name: 'b', prio: 'b', folder: 'parent', weak: 'parent folder', host: 'folder' });
  });

  it('vars folders beside playbooks win over those beside the inventory', async () => {
    const files = {
      'metal/inventories/prod.yml': 'g: { hosts: { h: { own: file } }, vars: { a: file } }\n',
      'metal/inventories/group_vars/all.yml': 'a: all\nb: all\nc: all\n',
      'metal/inventories/group_vars/g.yml': 'c: g\nd: g\n',
      'metal/group_vars/all.yml': 'b: playbooks all\nc: playbooks all\n',
      'metal/group_vars/g.yml': 'd: playbooks g\n',
      'metal/group_vars/elsewhere.yml': 'x: 1\n',
      'metal/host_vars/h.yml': 'own: playbooks\n',
      'group_vars/all.yml': 'a: further up\n',
    };
    const inventory = await loadAnsible(files);
    expect(varsOf(inventory)['h']).toEqual({ a: 'all', b: 'playbooks all', c: 'g', d: 'playbooks g', own: 'playbooks' });
    expect(inventory.warnings).toEqual([]);
  });

  it('among groups of equal depth the priority decides', async () => {
    const inventory = await loadAnsible({ 'hosts.ini': '[a]\nh\n[b]\nh\n[a:vars]\nansible_group_priority=5\nv=a\n[b:vars]\nv=b\n' });
    expect(varsOf(inventory)['h']).toEqual({ v: 'a' });
  });

  it('a map replaces a map, and a file of ours merges into it', async () => {
    const files = { 'hosts.yml': 'all: { vars: { m: { a: 1, b: 1 } }, children: { g: { hosts: { h: }, vars: { m: { a: 2 } } } } }\n', 'more.yaml': 'groups: { g: { vars: { m: { c: 3 } } } }\nvars: { late: 1 }\nhosts: { h: { ssh: { port: 2200 } } }\n' };
    expect(varsOf(await loadAnsible(files))['h']).toEqual({ m: { a: 2 } });
    const both = await loadAnsible(files, anything, { path: ['hosts.yml', 'more.yaml'] });
    expect(varsOf(both)['h']).toEqual({ m: { a: 2, c: 3 }, late: 1 });
    expect(await both.reach('h')).toMatchObject({ port: 2200 });
  });

  it('files of ours win over Ansible\'s words of the same kind, in whatever order they are given', async () => {
    const files = { 'hosts.ini': '[g]\nh v=host\n[g:vars]\nw=group\n[all:vars]\nw=all\nu=all\n', 'more.yaml': 'vars: { u: ours, v: ours }\ngroups: { g: { vars: { w: ours, v: ours } } }\n' };
    for (const path of [['hosts.ini', 'more.yaml'], ['more.yaml', 'hosts.ini']]) expect(varsOf(await loadAnsible(files, anything, { path }))['h']).toEqual({ u: 'ours', w: 'ours', v: 'host' });
  });

  it('ungrouped hosts have variables of their own', async () => {
    const inventory = await loadAnsible({ 'hosts.ini': 'lone\n[g]\nh\n', 'group_vars/ungrouped.yml': 'v: 1\n' });
    expect(varsOf(inventory)).toEqual({ lone: { v: 1 }, h: {} });
  });
});

describe('files', () => {
  it('a folder is read in order of name, folders within too', async () => {
    const inventory = await loadAnsible(
      { 'inv/01-a.ini': '[g]\nh1 v=1\n', 'inv/02-b.yml': 'g: { hosts: { h1: { v: 2 }, h2: } }\n', 'inv/sub/c': '[g]\nh3\n', 'inv/readme.md': '# no inventory', 'inv/group_vars/g/b.yml': 'w: b\n', 'inv/group_vars/g/a.json': '{ "w": "a", "x": 1 }', 'inv/group_vars/g/deep/c.yaml': 'y: 2\n', 'inv/group_vars/g/.hidden.yml': 'z: 1\n', 'inv/group_vars/all': 'plain: true\n' },
      anything,
      { path: 'inv' },
    );
    expect(varsOf(inventory)).toEqual({ h1: { v: 2, w: 'b', x: 1, y: 2, plain: true }, h2: { w: 'b', x: 1, y: 2, plain: true }, h3: { w: 'b', x: 1, y: 2, plain: true } });
  });

  it('ansible: says that it is one', async () => {
    // Ours by its keys, Ansible's by the word before it: three groups.
    const files = { 'lab.yaml': 'hosts: { hosts: { h1: } }\n' };
    const inventory = await loadAnsible(files, anything, { path: 'ansible:lab.yaml' });
    expect(inventory.groups).toEqual({ all: ['h1'], hosts: ['h1'] });
  });

  it('what a script printed is read from a file too', async () => {
    const inventory = await loadAnsible({ 'list.json': '{ "_meta": { "hostvars": { "h1": { "ansible_host": "10.0.0.1", "v": 1 } } }, "all": { "children": ["g", "ungrouped"] }, "g": { "hosts": ["h1"], "vars": { "w": true } } }' });
    expect(varsOf(inventory)).toEqual({ h1: { v: 1, w: true } });
    expect(await inventory.reach('h1')).toMatchObject({ address: '10.0.0.1' });
  });
});
