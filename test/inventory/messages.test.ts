import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineFleet, type FleetSchema } from '../../src/dsl/fleet.ts';
import { complaint, fleet, folderWith, free, load, warningsOf } from './given.ts';
import { loadInventory } from '../../src/inventory/index.ts';

const hosts = 'groups: { workers: { hosts: [node1, node2] } }\n';
const said = (text: string, schema: FleetSchema = fleet): Promise<string> => complaint(load(text, schema));

describe('files', () => {
  it('names files nearby when one does not exist', async () => {
    const cwd = await folderWith({ 'inventory/lab.yaml': hosts, 'inventory/home.yaml': hosts });
    const at = (path: string): Promise<string> => complaint(loadInventory(path, fleet, { cwd, env: {} }));
    expect(await at('lab.yaml')).toMatchInlineSnapshot(`
      "lab.yaml does not exist
        → did you mean inventory/lab.yaml?"
    `);
    expect(await at('inventory/hom.yaml')).toMatchInlineSnapshot(`
      "inventory/hom.yaml does not exist
        → did you mean inventory/home.yaml?"
    `);
    expect(await at('inventory/production.yaml')).toMatchInlineSnapshot(`
      "inventory/production.yaml does not exist
        → there are: inventory/home.yaml, inventory/lab.yaml"
    `);
    expect(await at('inventory')).toMatchInlineSnapshot(`
      "inventory is a folder, not an inventory
        → name a file in it: inventory/home.yaml, inventory/lab.yaml"
    `);
    const empty = await folderWith({});
    expect(await complaint(loadInventory('x.yaml', fleet, { cwd: empty, env: {} }))).toMatchInlineSnapshot(`
      "x.yaml does not exist
        → create one: \`plinth init\` writes an example"
    `);
  });

  it('says so when a file holds no inventory', async () => {
    expect(await said('')).toMatchInlineSnapshot(`
      "lab.yaml:1:1: the inventory is empty
        → name hosts: \`groups: { workers: { hosts: [node1, node2] } }\`"
    `);
    expect(await said('# nothing yet\n')).toMatchInlineSnapshot(`
      "lab.yaml:1:1: the inventory is empty
        → name hosts: \`groups: { workers: { hosts: [node1, node2] } }\`"
    `);
    expect(await said('just text\n')).toMatchInlineSnapshot(`
      "lab.yaml:1:1: an inventory is a map
        → name hosts: \`groups: { workers: { hosts: [node1, node2] } }\`"
    `);
    expect(await said('- node1\n- node2\n')).toMatchInlineSnapshot(`
      "lab.yaml:1:1: an inventory is a map
        → name hosts: \`groups: { workers: { hosts: [node1, node2] } }\`"
    `);
    expect(await said('vars: { timezone: UTC }\n')).toMatchInlineSnapshot(`
      "lab.yaml: there are no hosts
        → name some: \`groups: { workers: { hosts: [node1, node2] } }\`"
    `);
    expect(await said('groups: { workers: }\n')).toMatchInlineSnapshot(`
      "lab.yaml: there are no hosts
        → name some: \`groups: { workers: { hosts: [node1, node2] } }\`"
    `);
    expect(await complaint(load({ 'lab.yaml': hosts, 'lab.ts': '' }, fleet, { paths: 'lab.ts' }))).toMatchInlineSnapshot(`
      "lab.ts is a module, and only YAML can be read here
        → write the inventory as YAML"
    `);
  });

  it('says so when a file is not UTF-8', async () => {
    const { writeFile } = await import('node:fs/promises');
    const cwd = await folderWith({});
    await writeFile(`${cwd}/lab.yaml`, Buffer.from([0x61, 0x3a, 0x20, 0xff]));
    expect(await complaint(loadInventory('lab.yaml', fleet, { cwd, env: {} }))).toMatchInlineSnapshot(`
      "lab.yaml is not UTF-8 text
        → is it an inventory at all? Save it as UTF-8"
    `);
  });
});

describe('YAML', () => {
  it('puts the parser into words', async () => {
    expect(await said('vars:\n\ttimezone: UTC\n')).toMatchInlineSnapshot(`
      "lab.yaml:2:1: not valid YAML: a tab stands where YAML wants spaces
        ⇥timezone: UTC
        → indent with spaces; most editors have a command that converts tabs"
    `);
    expect(await said('vars:\n    debug: true\n  level: quiet\n')).toMatchInlineSnapshot(`
      "lab.yaml:3:1: not valid YAML: the indentation does not fit the lines above
          level: quiet
        → keys of one map begin in the same column"
    `);
    expect(await said('groups: [1, 2\nhosts: {}\n')).toMatchInlineSnapshot(`
      "lab.yaml:2:1: not valid YAML: a ] is missing before this line
        hosts: {}
        → close the list or map in brackets above"
    `);
    expect(await said('vars:\n  timezone: time: UTC\n')).toMatchInlineSnapshot(`
      "lab.yaml:2:13: not valid YAML: a second \`: \` stands on the same line
          timezone: time: UTC
        → quote a value that holds a colon and a space"
    `);
    expect(await said('vars:\n  timezone: @home\n')).toMatchInlineSnapshot(`
      "lab.yaml:2:13: not valid YAML: a plain value cannot begin with this character
          timezone: @home
        → quote the value"
    `);
    expect(await said('vars: {}\n---\nvars: {}\n')).toMatchInlineSnapshot(`
      "lab.yaml:2:1: not valid YAML: there is a second document after \`---\`
        ---
        → an inventory is one document; give several files with -i a.yaml -i b.yaml"
    `);
    expect(await said('vars:\n  timezone: "UTC\n')).toMatchInlineSnapshot(`
      "lab.yaml:3:1: not valid YAML: a quote or bracket is never closed
        → look further up for the one that opens it"
    `);
    expect(await said('[workers]\nnode1 ansible_host=10.0.0.1\n')).toMatchInlineSnapshot(`
      "lab.yaml:2:1: this is not YAML; it looks like an Ansible inventory in INI form
        → write it as YAML: \`groups: { workers: { hosts: [node1, node2] } }\`"
    `);
  });

  it('refuses a key that is set twice', async () => {
    expect(await said('vars:\n  debug: true\n  level: quiet\n  debug: false\n')).toMatchInlineSnapshot(`
      "lab.yaml:4:3 lab.yaml:2:3: vars.debug: set twice in the same map
        → keep one of the two"
    `);
  });

  it('refuses tags, aliases and keys that mean nothing', async () => {
    expect(await said(`vars:\n  token: !vault abc\n${hosts}`)).toMatchInlineSnapshot(`
      "lab.yaml:2:10: vars.token: unknown tag !vault
        → Ansible's vault cannot be opened here; the one tag is !secret, before a text such as age:NAME, env:NAME or file:PATH"
    `);
    expect(await said(`vars:\n  token: !secrt env:TOKEN\n${hosts}`)).toMatchInlineSnapshot(`
      "lab.yaml:2:10: vars.token: unknown tag !secrt
        → the one tag is !secret, before a text such as age:NAME, env:NAME or file:PATH"
    `);
    expect(await said(`vars:\n  sysctl: !secret { a: b }\n${hosts}`)).toMatchInlineSnapshot(`
      "lab.yaml:2:19: vars.sysctl: the tag !secret cannot stand before a list or a map
        → the one tag is !secret, before a text such as age:NAME, env:NAME or file:PATH"
    `);
    expect(await said('vars: &base { debug: true }\nhosts: { a: { vars: *bsae } }\n')).toMatchInlineSnapshot(`
      "lab.yaml:2:21: hosts.a.vars: *bsae names no anchor above it
        → did you mean "base"?"
    `);
    expect(await said('vars: &base { sysctl: *base }\n')).toMatchInlineSnapshot(`
      "lab.yaml:1:23: vars.sysctl: *base holds itself
        → take the alias out of the value that its anchor marks"
    `);
    expect(await said('vars: { [a, b]: 1 }\n')).toMatchInlineSnapshot(`
      "lab.yaml:1:9: vars: a key must be plain text
        → quote a key that begins with [ or {, as in "[1:3]""
    `);
    expect(await said('vars: { <<: text }\n')).toMatchInlineSnapshot(`
      "lab.yaml:1:9: vars: << wants a map, or a list of maps
        → as in \`<<: *name\`, where &name marks a map"
    `);
  });

  it('refuses aliases that multiply', async () => {
    const layers = Array.from({ length: 9 }, (_, n) => `  a${n}: &a${n} [${Array.from({ length: 9 }, () => (n === 0 ? 'x' : `*a${n - 1}`)).join(', ')}]`);
    expect(await said(`vars:\n${layers.join('\n')}\n`)).toMatchInlineSnapshot(`
      "lab.yaml:2:27: vars.a5[1][5][2][3][1][5]: more than 200000 values once its aliases are followed
        → aliases of aliases multiply: write the values out, or use groups"
    `);
  });

  it('refuses a number that would lose digits', async () => {
    expect(await said(`vars: { swappiness: 12345678901234567890 }\n${hosts}`)).toMatchInlineSnapshot(`
      "lab.yaml:1:21: vars.swappiness: 12345678901234567890 is too long for a number and would lose digits
        → quote it to keep it as text: "12345678901234567890""
    `);
  });
});

describe('form', () => {
  it('points at unknown keys', async () => {
    expect(await said('groups:\n  workers:\n    hots: [node1]\n')).toMatchInlineSnapshot(`
      "lab.yaml:3:5: groups.workers.hots: unknown key
        → did you mean "hosts"?"
    `);
    expect(await said('gruops:\n  workers:\n')).toMatchInlineSnapshot(`
      "lab.yaml:1:1: gruops: unknown key
        → did you mean "groups"?"
    `);
    expect(await said('all:\n  children:\n    workers:\ngroups: {}\n')).toMatchInlineSnapshot(`
      "lab.yaml:1:1: all: unknown key
        → this looks like an Ansible inventory: put its variables under "vars" and its groups under "groups""
    `);
    expect(await said('groups:\n  workers:\n    hosts:\n      node1: { address: 10.0.0.1 }\n')).toMatchInlineSnapshot(`
      "lab.yaml:4:16: groups.workers.hosts.node1.address: unknown key
        → write it under ssh: \`ssh: { address: ... }\`"
    `);
    expect(await said('groups:\n  workers:\n    hosts:\n      node1: { ansible_host: 10.0.0.1 }\n')).toMatchInlineSnapshot(`
      "lab.yaml:4:16: groups.workers.hosts.node1.ansible_host: unknown key
        → Ansible's ansible_host is \`ssh: { address: ... }\` here"
    `);
    expect(await said('groups:\n  workers:\n    hosts:\n      node1: { maxPods: 3 }\n')).toMatchInlineSnapshot(`
      "lab.yaml:4:16: groups.workers.hosts.node1.maxPods: unknown key
        → variables stand under vars: \`vars: { maxPods: ... }\`"
    `);
    expect(await said('groups:\n  workers:\n    hosts:\n      node1: { ssh: { adress: 10.0.0.1 } }\n')).toMatchInlineSnapshot(`
      "lab.yaml:4:23: groups.workers.hosts.node1.ssh.adress: unknown key
        → did you mean "address"?"
    `);
    expect(await said('ssh: { address: 10.0.0.1, usr: root }\n')).toMatchInlineSnapshot(`
      "lab.yaml:1:8: ssh.address: unknown key
        → every host has its own address: give it under the host
      lab.yaml:1:27: ssh.usr: unknown key
        → did you mean "user"?"
    `);
  });

  it('points at settings of the wrong kind', async () => {
    expect(await said('groups: [workers]\n')).toMatchInlineSnapshot(`"lab.yaml:1:9: groups: expected a map, found a list"`);
    expect(await said('groups: { workers: { hosts: node1 } }\n')).toMatchInlineSnapshot(`"lab.yaml:1:29: groups.workers.hosts: expected a map or a list, found "node1""`);
    expect(await said('groups: { workers: { hosts: { node1: 10.0.0.1 } } }\n')).toMatchInlineSnapshot(`"lab.yaml:1:38: groups.workers.hosts.node1: expected a map, found "10.0.0.1""`);
    expect(await said('groups: { workers: { children: other } }\n')).toMatchInlineSnapshot(`"lab.yaml:1:32: groups.workers.children: expected a list, found "other""`);
    expect(await said('groups: { all: { hosts: [a] }, 9lives: {} }\n')).toMatchInlineSnapshot(`
      "lab.yaml:1:11: groups.all: every host is in "all"; its variables are the top-level "vars"
      lab.yaml:1:32: groups.9lives: a group name begins with a letter and holds letters, digits, _ and -"
    `);
    expect(await said('hosts: { node1: { vars: 3 } }\n')).toMatchInlineSnapshot(`"lab.yaml:1:25: hosts.node1.vars: expected a map, found 3"`);
  });

  it('checks ssh settings', async () => {
    const ssh = (text: string): Promise<string> => said(`ssh: { ${text} }\n${hosts}`);
    expect(await ssh('port: "22"')).toMatchInlineSnapshot(`
      "lab.yaml:1:14: ssh.port: expected a number, found "22"
        → take the quotes away to make it a number"
    `);
    expect(await ssh('port: 99999')).toMatchInlineSnapshot(`"lab.yaml:1:14: ssh.port: too big: expected number to be <=65535, found 99999"`);
    expect(await ssh('user: root@node1')).toMatchInlineSnapshot(`"lab.yaml:1:14: ssh.user: wants a user alone, without @"`);
    expect(await ssh('transport: sssh')).toMatchInlineSnapshot(`
      "lab.yaml:1:19: ssh.transport: expected one of "auto", "ssh", "openssh", "local", found "sssh"
        → did you mean "ssh"?"
    `);
    expect(await ssh('become: yes')).toMatchInlineSnapshot(`
      "lab.yaml:1:16: ssh.become: expected true or false, found "yes"
        → YAML 1.2 has true and false only"
    `);
    expect(await ssh('connectTimeout: 10')).toMatchInlineSnapshot(`"lab.yaml:1:24: ssh.connectTimeout: wants a time with its unit, e.g. "10s""`);
    expect(await ssh('connectTimeout: 10 s')).toMatchInlineSnapshot(`"lab.yaml:1:24: ssh.connectTimeout: wants a time with its unit, e.g. "10s""`);
    expect(await ssh('hostKeys: ["node1 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI"]')).toMatchInlineSnapshot(`"lab.yaml:1:19: ssh.hostKeys[0]: wants a type and a key, as in "ssh-ed25519 AAAA...", without a host name before it"`);
    expect(await ssh('identityFile: 5')).toMatchInlineSnapshot(`
      "lab.yaml:1:22: ssh.identityFile: expected text or a list, found 5
        → quote it to make it text: "5""
    `);
    expect(await ssh('identityFile: a, identityFiles: [b]')).toMatchInlineSnapshot(`
      "lab.yaml:1:25 lab.yaml:1:8: ssh.identityFiles: identityFile and identityFiles are the same setting
        → keep one of the two"
    `);
    expect(await ssh('password: hunter2')).toMatchInlineSnapshot(`
      "lab.yaml:1:18: ssh.password: wants a secret (from the inventory, the environment or secret.env), not a plain value
        → write !secret age:NAME (kept in secrets.age), !secret env:NAME or !secret dotenv:NAME instead of the value"
    `);
    expect(await ssh('proxyJump: a b')).toMatchInlineSnapshot(`"lab.yaml:1:19: ssh.proxyJump: wants one word, without spaces"`);
    expect(await ssh('proxyJump: bastion, proxyCommand: "nc %h %p"')).toMatchInlineSnapshot(`
      "lab.yaml:1:42 lab.yaml:1:19: ssh.proxyCommand: proxyCommand and proxyJump cannot both hold
        → keep one; \`proxyJump: none\` takes back what a weaker layer says"
    `);
  });
});

describe('hosts', () => {
  it('checks names and ranges', async () => {
    const host = (name: string): Promise<string> => said(`hosts: { ${JSON.stringify(name)}: }\n`, free);
    expect(await host('node 1')).toMatchInlineSnapshot(`"lab.yaml:1:10: hosts.node 1: " " cannot stand in a host name"`);
    expect(await host('-node')).toMatchInlineSnapshot(`"lab.yaml:1:10: hosts.-node: "-node" begins or ends with a hyphen"`);
    expect(await host('a..b')).toMatchInlineSnapshot(`"lab.yaml:1:10: hosts.a..b: "a..b" has an empty part"`);
    expect(await host('all')).toMatchInlineSnapshot(`"lab.yaml:1:10: hosts.all: "all" stands for every host and cannot be the name of one"`);
    expect(await host('controller')).toMatchInlineSnapshot(`"lab.yaml:1:10: hosts.controller: "controller" stands for the machine that Plinth runs on and cannot be the name of a host"`);
    expect(await host('node[3:1]')).toMatchInlineSnapshot(`"lab.yaml:1:10: hosts.node[3:1]: [3:1] goes backwards"`);
    expect(await host('node[01:100]')).toMatchInlineSnapshot(`"lab.yaml:1:10: hosts.node[01:100]: [01:100] has ends of different width"`);
    expect(await host('node[a:9]')).toMatchInlineSnapshot(`"lab.yaml:1:10: hosts.node[a:9]: [a:9] mixes small letters and digits"`);
    expect(await host('node[1-3]')).toMatchInlineSnapshot(`"lab.yaml:1:10: hosts.node[1-3]: "[" cannot stand in a host name; a range is written [1:3]"`);
    expect(await host('node[1:9:0]')).toMatchInlineSnapshot(`"lab.yaml:1:10: hosts.node[1:9:0]: [1:9:0] has a step of 0"`);
    expect(await host('node[1:1000000]')).toMatchInlineSnapshot(`"lab.yaml:1:10: hosts.node[1:1000000]: [1:1000000] stands for more than 10000 names"`);
    expect(await host('r[1:200]n[1:200]')).toMatchInlineSnapshot(`"lab.yaml:1:10: hosts.r[1:200]n[1:200]: stands for 40000 names; the most is 10000"`);
  });

  it('checks addresses', async () => {
    const address = (text: string): Promise<string> => said(`hosts: { node1: { ssh: { address: ${JSON.stringify(text)} } } }\n`, free);
    expect(await address('10.0.0.300')).toMatchInlineSnapshot(`"lab.yaml:1:35: hosts.node1.ssh.address: 10.0.0.300 is not an IPv4 address"`);
    expect(await address('10.0.0')).toMatchInlineSnapshot(`"lab.yaml:1:35: hosts.node1.ssh.address: 10.0.0 is not an IPv4 address"`);
    expect(await address('10.0.0.1:22')).toMatchInlineSnapshot(`"lab.yaml:1:35: hosts.node1.ssh.address: 10.0.0.1:22 holds a port: write \`port:\` beside \`address:\`"`);
    expect(await address('root@10.0.0.1')).toMatchInlineSnapshot(`"lab.yaml:1:35: hosts.node1.ssh.address: root@10.0.0.1 holds a user: write \`user:\` beside \`address:\`"`);
    expect(await address('[fd00::1]')).toMatchInlineSnapshot(`"lab.yaml:1:35: hosts.node1.ssh.address: [fd00::1]: write an IPv6 address without brackets, and its port as \`port:\` beside \`address:\`"`);
    expect(await address('fd00:::1')).toMatchInlineSnapshot(`"lab.yaml:1:35: hosts.node1.ssh.address: fd00:::1 is not an IPv6 address"`);
    expect(await address('node_1!')).toMatchInlineSnapshot(`"lab.yaml:1:35: hosts.node1.ssh.address: "!" cannot stand in a host name"`);
    expect(await address('10.0.0.[254:256]')).toMatchInlineSnapshot(`"lab.yaml:1:35: hosts.node1.ssh.address: 10.0.0.256 is not an IPv4 address"`);
    expect(await said("hosts: { 'node[1:3]': { ssh: { address: '10.0.0.[1:2]' } } }\n", free)).toMatchInlineSnapshot(`
      "lab.yaml:1:41: hosts.node[1:3].ssh.address: 10.0.0.[1:2] stands for 2 addresses, but node[1:3] for 3 hosts
        → ranges in a name and its address pair up one by one"
    `);
    expect(await said("hosts: { node1: { ssh: { address: '10.0.0.[1:2]' } } }\n", free)).toMatchInlineSnapshot(`
      "lab.yaml:1:35: hosts.node1.ssh.address: 10.0.0.[1:2] stands for 2 addresses, but node1 for 1 host
        → ranges in a name and its address pair up one by one"
    `);
  });

  it('refuses one address for two hosts', async () => {
    expect(await said('hosts:\n  node1: { ssh: { address: 10.0.0.1 } }\n  node2: { ssh: { address: 10.0.0.1 } }\n', free)).toMatchInlineSnapshot(`
      "lab.yaml:2:28 lab.yaml:3:28: node1 and node2 have the same address, 10.0.0.1
        → a machine is one host: give each its own address, or keep one of the names"
    `);
    expect(await said('hosts:\n  node1: { ssh: { address: "fd00:0:0::1", port: 2222 } }\n  node2: { ssh: { address: "FD00::1", port: 2222 } }\n', free)).toMatchInlineSnapshot(`
      "lab.yaml:2:28 lab.yaml:3:28: node1 and node2 have the same address, FD00::1 port 2222
        → a machine is one host: give each its own address, or keep one of the names"
    `);
    expect(await said('hosts:\n  10.0.0.1:\n  node2: { ssh: { address: 10.0.0.1 } }\n', free)).toMatchInlineSnapshot(`
      "lab.yaml:2:3 lab.yaml:3:28: 10.0.0.1 and node2 have the same address, 10.0.0.1
        → a machine is one host: give each its own address, or keep one of the names"
    `);
    expect(await said("hosts: { 'node[1:2]': { ssh: { address: 10.0.0.1 } } }\n", free)).toMatchInlineSnapshot(`
      "lab.yaml:1:41: node1 and node2 have the same address, 10.0.0.1
        → a machine is one host: give each its own address, or keep one of the names"
    `);
    expect(await said('ssh: { transport: local }\nhosts: { a: , b: }\n', free)).toMatchInlineSnapshot(`
      "lab.yaml:1:19: a and b are both this machine (transport: local)
        → a machine is one host: give each its own address, or keep one of the names"
    `);
  });

  it('lets hosts share an address where a port or a proxy tells them apart', async () => {
    const inventory = await load('hosts:\n  a: { ssh: { address: 127.0.0.1, port: 2201 } }\n  b: { ssh: { address: 127.0.0.1, port: 2202 } }\n  c: { ssh: { address: 127.0.0.1, port: 2201, proxyJump: bastion } }\n', free);
    expect(inventory.hosts.map((host) => host.name)).toEqual(['a', 'b', 'c']);
  });
});

describe('groups', () => {
  it('refuses unknown children and cycles, with both places', async () => {
    expect(await said('groups:\n  workers: { hosts: [a] }\n  cluster: { children: [wokers] }\n', free)).toMatchInlineSnapshot(`
      "lab.yaml:3:25: groups.cluster.children[0]: there is no group "wokers"
        → did you mean "workers"?"
    `);
    expect(await said('groups:\n  workers: { hosts: [a] }\n  cluster: { children: [a] }\n', free)).toMatchInlineSnapshot(`
      "lab.yaml:3:25: groups.cluster.children[0]: there is no group "a"
        → a is a host: list it under "hosts""
    `);
    expect(await said('groups:\n  a: { children: [b] }\n  b: { children: [c] }\n  c: { children: [b], hosts: [x] }\n', free)).toMatchInlineSnapshot(`
      "lab.yaml:3:19 lab.yaml:4:19: groups hold each other: b → c → b
        → take one of them out of the children of the other"
    `);
    expect(await said('groups:\n  a: { children: [a] }\n', free)).toMatchInlineSnapshot(`
      "lab.yaml:2:19: groups hold each other: a → a
        → take one of them out of the children of the other"
    `);
  });

  it('refuses two equal groups that contradict each other, and two ranges', async () => {
    expect(await said('groups:\n  workers: { hosts: [a, b], vars: { swappiness: 10 } }\n  fast: { hosts: [b, c], vars: { swappiness: 20 } }\n')).toMatchInlineSnapshot(`
      "lab.yaml:2:49 lab.yaml:3:46: group workers and group fast set swappiness differently, and neither is the stronger
        hosts: b
        → set it on the hosts, or give one of the groups a \`priority\` above 0"
    `);
    expect(await said("hosts:\n  'a[1:3]': { vars: { swappiness: 1 } }\n  'a[3:4]': { vars: { swappiness: 2 } }\n")).toMatchInlineSnapshot(`
      "lab.yaml:2:35 lab.yaml:3:35: two entries for a3 set swappiness differently, and neither is the stronger
        → keep one of the two"
    `);
    expect(await said('groups:\n  workers: { hosts: [a], ssh: { port: 22 } }\n  fast: { hosts: [a], ssh: { port: 2222 } }\n')).toMatchInlineSnapshot(`
      "lab.yaml:2:39 lab.yaml:3:36: group workers and group fast set ssh.port differently, and neither is the stronger
        hosts: a
        → set it on the hosts, or give one of the groups a \`priority\` above 0"
    `);
  });

  it('warns of schema groups without hosts and of hosts without a group', async () => {
    expect(warningsOf(await load('groups:\n  controlPlan: { hosts: [node1] }\nhosts: { nod2: }\n'))).toMatchInlineSnapshot(`
      [
        "lab.yaml:2:3: the group controlPlane has no hosts
        → is controlPlan meant to be controlPlane?",
        "the group workers has no hosts
        → plays on workers will do nothing",
        "lab.yaml:3:10: nod2 is in no group
        → only plays on all hosts reach it; is its name misspelt?",
      ]
    `);
    expect(warningsOf(await load('groups:\n  controlPlane: { hosts: [node1], vars: { endpoint: a } }\n  workers: { hosts: }\n  node1: { children: [workers] }\n'))).toMatchInlineSnapshot(`
      [
        "lab.yaml:3:3: the group workers has no hosts
        → plays on workers will do nothing",
        "lab.yaml:4:3 lab.yaml:2:27: node1 is the name of a host and of a group
        → --limit cannot tell them apart: rename one",
      ]
    `);
  });
});

describe('variables', () => {
  it('points at unknown ones, with what may be meant', async () => {
    expect(await said(`vars:\n  swapiness: 10\n${hosts}`)).toMatchInlineSnapshot(`
      "lab.yaml:2:3: vars.swapiness: unknown variable
        → did you mean "swappiness"?"
    `);
    expect(await said('groups:\n  workers:\n    hosts: [node1]\n    vars: { endpoint: 10.0.0.1 }\n')).toMatchInlineSnapshot(`
      "lab.yaml:4:13: groups.workers.vars.endpoint: unknown variable
        → it is a variable of group controlPlane: set it there, or put the host into the group"
    `);
    expect(await said(`vars:\n  toString: red\n${hosts}`)).toMatchInlineSnapshot(`
      "lab.yaml:2:3: vars.toString: unknown variable
        → known here: timezone, swappiness, sysctl, files, debug, level, token, maxPods"
    `);
    expect(await said(`vars:\n  colour: red\n${hosts}`)).toMatchInlineSnapshot(`
      "lab.yaml:2:3: vars.colour: unknown variable
        → known here: timezone, swappiness, sysctl, files, debug, level, token, maxPods"
    `);
    expect(await said(`vars:\n  files: [{ path: /etc/a, mode: "0644", onwer: root }]\n${hosts}`)).toMatchInlineSnapshot(`
      "lab.yaml:2:41: vars.files[0].onwer: unknown key
        → known here: path, mode"
    `);
    expect(await said('hosts: { a: { vars: { b: 1 } } }', free)).toMatchInlineSnapshot(`
      "lab.yaml:1:23: hosts.a.vars.b: unknown variable
        → the schema of the fleet has no variables for these hosts"
    `);
  });

  it('says which are missing, where they belong', async () => {
    expect(await said('groups:\n  controlPlane: { hosts: [a, b] }\n  workers: { hosts: [c] }\n')).toMatchInlineSnapshot(`
      "lab.yaml:2:3: the variable "endpoint" is missing
        expected text: Address of the API server.
        hosts: a, b
        → set it under "vars" of group controlPlane, or of the host"
    `);
    expect(await said('groups:\n  controlPlane:\n    hosts: { a: { vars: { endpoint: x } }, b: }\n')).toMatchInlineSnapshot(`
      "lab.yaml:2:3 b: the variable "endpoint" is missing
        expected text: Address of the API server.
        → set it under "vars" of group controlPlane, or of the host"
    `);
    expect(await complaint(load('hosts:\n  a:\n  b:\n  c: { vars: { site: x } }\n', defineFleet({ shared: z.strictObject({ site: z.string() }), groups: {} })))).toMatchInlineSnapshot(`
      "lab.yaml:2:3: the variable "site" is missing
        expected text
        hosts: a, b
        → set it under "vars" at the top level, or of the host"
    `);
    expect(await said(`vars:\n  files:\n    - path: /etc/a\n${hosts}`)).toMatchInlineSnapshot(`
      "lab.yaml:3:7: vars.files[0].mode: missing
        expected text"
    `);
  });

  it('points at values of the wrong type', async () => {
    expect(await said(`vars:\n  swappiness: ten\n${hosts}`)).toMatchInlineSnapshot(`"lab.yaml:2:15: vars.swappiness: expected a number, found "ten""`);
    expect(await said(`vars:\n  swappiness: "10"\n${hosts}`)).toMatchInlineSnapshot(`
      "lab.yaml:2:15: vars.swappiness: expected a number, found "10"
        → take the quotes away to make it a number"
    `);
    expect(await said(`vars:\n  swappiness: 1.5\n${hosts}`)).toMatchInlineSnapshot(`"lab.yaml:2:15: vars.swappiness: expected a whole number, found 1.5"`);
    expect(await said(`vars:\n  swappiness: 300\n${hosts}`)).toMatchInlineSnapshot(`"lab.yaml:2:15: vars.swappiness: too big: expected number to be <=200, found 300"`);
    expect(await said(`vars:\n  timezone:\n${hosts}`)).toMatchInlineSnapshot(`
      "lab.yaml:2:12: vars.timezone: expected text, found nothing
        → nothing stands after the colon; null and ~ mean the same"
    `);
    expect(await said(`vars:\n  debug: no\n${hosts}`)).toMatchInlineSnapshot(`
      "lab.yaml:2:10: vars.debug: expected true or false, found "no"
        → YAML 1.2 has true and false only"
    `);
    expect(await said(`vars:\n  level: lowd\n${hosts}`)).toMatchInlineSnapshot(`
      "lab.yaml:2:10: vars.level: expected one of "quiet", "normal", "loud", found "lowd"
        → did you mean "loud"?"
    `);
    expect(await said(`vars:\n  files: [{ path: /etc/a, mode: 0644 }]\n${hosts}`)).toMatchInlineSnapshot(`
      "lab.yaml:2:33: vars.files[0].mode: expected text, found 0644
        → quote it to make it text: "0644""
    `);
    expect(await said(`vars:\n  sysctl: { vm.overcommit_memory: true }\n${hosts}`)).toMatchInlineSnapshot(`
      "lab.yaml:2:35: vars.sysctl.vm.overcommit_memory: expected text or a number, found true
        → quote it to make it text: "true""
    `);
    expect(await said(`vars:\n  token: hunter2\n${hosts}`)).toMatchInlineSnapshot(`
      "lab.yaml:2:10: vars.token: wants a secret (from the inventory, the environment or secret.env), not a plain value
        → write !secret age:NAME (kept in secrets.age), !secret env:NAME or !secret dotenv:NAME instead of the value"
    `);
    expect(await said(`vars:\n  timezone: !secret env:TZ\n${hosts}`)).toMatchInlineSnapshot(`
      "lab.yaml:2:21: vars.timezone: expected text, found a secret
        → this is not a secret in the schema: give a plain value, or declare it with secret()"
    `);
  });

  it('says everything at once', async () => {
    expect(await said('vars: { debug: 1, level: x }\ngroups:\n  controlPlane: { hosts: { a: { ssh: { address: 10.0.0.1 } } } }\n  workers: { hosts: { b: { ssh: { address: 10.0.0.1 }, vars: { maxPods: many } } } }\n')).toMatchInlineSnapshot(`
      "lab.yaml:3:49 lab.yaml:4:44: a and b have the same address, 10.0.0.1
        → a machine is one host: give each its own address, or keep one of the names
      lab.yaml:1:16: vars.debug: expected true or false, found 1
      lab.yaml:1:26: vars.level: expected one of "quiet", "normal", "loud", found "x"
      lab.yaml:3:3 a: the variable "endpoint" is missing
        expected text: Address of the API server.
        → set it under "vars" of group controlPlane, or of the host
      lab.yaml:4:73 b: groups.workers.hosts.b.vars.maxPods: expected a number, found "many""
    `);
  });

  it('warns of numbers with leading zeros', async () => {
    expect(warningsOf(await load('vars: { sysctl: { kernel.core_pattern: 0644 } }\ngroups: { workers: { hosts: [a] }, controlPlane: { hosts: [b], vars: { endpoint: x } } }\n'))).toMatchInlineSnapshot(`
      [
        "lab.yaml:1:40: vars.sysctl.kernel.core_pattern: 0644 is the decimal number 644 in YAML 1.2
        → quote it to keep it as text ("0644"), or write 0o644 for an octal number",
      ]
    `);
  });
});
