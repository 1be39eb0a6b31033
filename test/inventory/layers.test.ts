import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { showLocated } from '../../src/contract/index.ts';
import { defineFleet } from '../../src/dsl/fleet.ts';
import type { Inventory } from '../../src/inventory/index.ts';
import { complaint, fleet, load } from './given.ts';

const words = defineFleet({ shared: z.strictObject({ who: z.string().optional(), deep: z.record(z.string(), z.unknown()).default({}), list: z.array(z.int()).optional(), unset: z.string().nullish() }), groups: {} });
const whoIs = (inventory: Inventory): Record<string, unknown> => Object.fromEntries(inventory.hosts.map((host) => [host.name, host.vars['who']]));

describe('hosts and groups', () => {
  it('keep the order of the file, nested groups included', async () => {
    const inventory = await load(
      `groups:
  cluster: { children: [controlPlane, workers] }
  workers: { hosts: { 'node[3:4]': , node9: } }
  controlPlane: { hosts: ['node[1:2]'], vars: { endpoint: 10.0.0.9 } }
hosts: { node1: { vars: { debug: true } }, lone: }
`,
    );
    expect(inventory.hosts.map((host) => host.name)).toEqual(['node3', 'node4', 'node9', 'node1', 'node2', 'lone']);
    expect(inventory.groups).toEqual({ all: ['node3', 'node4', 'node9', 'node1', 'node2', 'lone'], cluster: ['node3', 'node4', 'node9', 'node1', 'node2'], workers: ['node3', 'node4', 'node9'], controlPlane: ['node1', 'node2'] });
    expect(inventory.hosts[3]).toEqual({ name: 'node1', groups: ['cluster', 'controlPlane'], vars: { endpoint: '10.0.0.9', debug: true, timezone: 'UTC', sysctl: {} } });
  });

  it('holds every group of the schema, empty ones too', async () => {
    expect((await load('hosts: { a: }')).groups).toEqual({ all: ['a'], controlPlane: [], workers: [] });
  });
});

describe('layers', () => {
  it('all < parents < children < host, and the more exact entry of a host', async () => {
    const inventory = await load(
      `vars: { who: all }
groups:
  child: { hosts: { 'a[1:4]': { vars: { who: range } } , b: , c: }, vars: { who: child } }
  parent: { children: [child], hosts: [d], vars: { who: parent } }
hosts:
  a2: { vars: { who: a2 } }
  'a[3:3]': { vars: { who: top range } }
  c: { vars: { who: c } }
  e:
`,
      words,
    );
    expect(whoIs(inventory)).toEqual({ a1: 'range', a2: 'a2', a3: 'top range', a4: 'range', b: 'child', c: 'c', d: 'parent', e: 'all' });
  });

  it('by depth, then by priority', async () => {
    const inventory = await load(
      `groups:
  low: { hosts: [a, b], vars: { who: low } }
  high: { hosts: [a], vars: { who: high }, priority: -1 }
  top: { children: [low2], vars: { who: top } }
  low2: { hosts: [b], vars: { who: deeper }, priority: -5 }
`,
      words,
    );
    expect(whoIs(inventory)).toEqual({ a: 'low', b: 'deeper' });
  });

  it('merges maps, replaces lists and scalars, and takes null as a value', async () => {
    const inventory = await load('vars: { deep: { a: { x: 1, y: 1 }, b: 1 }, list: [1, 2], unset: text }\nhosts: { h: { vars: { deep: { a: { y: 2 }, c: 3 }, list: [3], unset: ~ } } }\n', words);
    expect(inventory.hosts[0]?.vars).toEqual({ deep: { a: { x: 1, y: 2 }, b: 1, c: 3 }, list: [3], unset: null });
  });

  it('takes several files, the later winning leaf by leaf', async () => {
    const files = { 'a.yaml': 'vars: { deep: { a: 1, b: 1 } }\ngroups: { g: { hosts: [h], vars: { who: a } } }\n', 'b.yaml': 'vars: { who: all, deep: { b: 2 } }\ngroups: { g: { hosts: [i], vars: { who: b } } }\n' };
    const inventory = await load(files, words, { paths: ['a.yaml', 'b.yaml'] });
    expect(whoIs(inventory)).toEqual({ h: 'b', i: 'b' });
    expect(inventory.hosts[0]?.vars['deep']).toEqual({ a: 1, b: 2 });
    expect(inventory.source).toBe('a.yaml, b.yaml');
    expect(inventory.explain('h', 'who').flatMap(({ sources }) => sources.map(({ layer, at, value, won }) => [layer, at && showLocated(at), value, won]))).toEqual([
      ['all', 'b.yaml:1:14', 'all', false],
      ['group g', 'a.yaml:2:41', 'a', false],
      ['group g', 'b.yaml:2:41', 'b', true],
    ]);
  });

  it('follows anchors and merge keys', async () => {
    const inventory = await load('vars:\n  deep:\n    base: &base { a: 1, b: 1 }\n    two: &two { b: 2, c: 2 }\n    other: { <<: [*base, *two], c: 3 }\n    same: *base\n    "<<": plain\nhosts: { h: }\n', words);
    expect(inventory.hosts[0]?.vars['deep']).toEqual({ base: { a: 1, b: 1 }, two: { b: 2, c: 2 }, other: { a: 1, b: 1, c: 3 }, same: { a: 1, b: 1 }, '<<': 'plain' });
    expect(inventory.locate('h', ['deep', 'other', 'b'])).toEqual({ file: 'lab.yaml', line: 3, col: 28 });
  });

  it('keeps keys that look like something else', async () => {
    const inventory = await load('vars: { deep: { 1: one, 0x10: hex, true: yes, __proto__: { polluted: 1 }, no: no } }\nhosts: { h: }\n', defineFleet({ shared: z.strictObject({ deep: z.unknown() }), groups: {} }));
    expect(Object.entries(inventory.hosts[0]?.vars['deep'] ?? {})).toEqual([['1', 'one'], ['0x10', 'hex'], ['true', 'yes'], ['__proto__', { polluted: 1 }], ['no', 'no']]);
    expect({}).not.toHaveProperty('polluted');
  });

  it('freezes what playbooks see', async () => {
    const inventory = await load('vars: { deep: { a: [1] } }\nhosts: { h: }\n', words);
    expect(Object.isFrozen(inventory.hosts[0]?.vars['deep'])).toBe(true);
  });
});

describe('schemas of several groups', () => {
  it('must all hold, refinements too', async () => {
    const schema = defineFleet({
      shared: z.strictObject({ low: z.int(), high: z.int() }).refine((vars) => vars.low < vars.high, 'low must be below high'),
      groups: { a: z.strictObject({ size: z.int().min(2).optional() }), b: z.strictObject({ size: z.int().max(5).optional() }) },
    });
    const said = (vars: string): Promise<string> => complaint(load(`vars: { ${vars} }\ngroups: { a: { hosts: [h] }, b: { hosts: [h] } }\n`, schema));
    expect((await load('vars: { low: 1, high: 2, size: 3 }\ngroups: { a: { hosts: [h] }, b: { hosts: [h] } }\n', schema)).hosts[0]?.vars).toEqual({ low: 1, high: 2, size: 3 });
    expect(await said('low: 1, high: 2, size: 9')).toMatchInlineSnapshot(`"lab.yaml:1:32: vars.size: too big: expected number to be <=5, found 9"`);
    expect(await said('low: 1, high: 2, size: 1')).toMatchInlineSnapshot(`"lab.yaml:1:32: vars.size: too small: expected number to be >=2, found 1"`);
    expect(await said('low: 3, high: 2')).toMatchInlineSnapshot(`"lab.yaml:1:7: vars: low must be below high"`);
  });
});

describe('a loose schema', () => {
  it('takes any variables', async () => {
    const inventory = await load('vars: { anything: [1], deep: { a: 1 } }\nhosts: { h: { vars: { deep: { b: 2 } } } }\n', defineFleet({ shared: z.looseObject({}), groups: {} }));
    expect(inventory.hosts[0]?.vars).toEqual({ anything: [1], deep: { a: 1, b: 2 } });
  });
});

describe('explain', () => {
  const text = `vars: { sysctl: { vm.swappiness: 10, net.a: 1 } }
ssh: { user: admin }
groups:
  workers: { hosts: { w1: { vars: { sysctl: { vm.swappiness: 5 } } } }, vars: { sysctl: { vm.swappiness: 20 }, token: !secret env:TOKEN } }
`;
  it('prints every source, secrets by name', async () => {
    const inventory = await load(text);
    const told = inventory.explain('w1').flatMap(({ name, value, sources }) => [`${name} = ${JSON.stringify(value)}`, ...sources.map(({ layer, at, won, value: said }) => `  ${won ? '*' : ' '} ${layer} ${at ? showLocated(at) : '-'} ${JSON.stringify(said)}`)]);
    expect(told.join('\n')).toMatchInlineSnapshot(`
      "sysctl.vm.swappiness = 5
          all lab.yaml:1:34 10
          group workers lab.yaml:4:106 20
        * host w1 lab.yaml:4:62 5
      sysctl.net.a = 1
        * all lab.yaml:1:45 1
      token = "<secret env:TOKEN>"
        * group workers lab.yaml:4:127 "<secret env:TOKEN>"
      timezone = "UTC"
        * schema - "UTC"
      ssh.user = "admin"
        * all lab.yaml:2:14 "admin""
    `);
  });

  it('answers for one value, one branch, and says what there is', async () => {
    const inventory = await load(text);
    expect(inventory.explain('w1', 'sysctl').map((one) => one.name)).toEqual(['sysctl.vm.swappiness', 'sysctl.net.a']);
    expect(inventory.explain('w1', ['sysctl', 'vm.swappiness']).map((one) => one.value)).toEqual([5]);
    expect(inventory.explain('w1', 'ssh.user').map((one) => one.value)).toEqual(['admin']);
    expect(await complaint(() => inventory.explain('w1', 'sysctl.vm.swapiness'))).toMatchInlineSnapshot(`
      "w1 has no variable "sysctl.vm.swapiness"
        → did you mean "sysctl.vm.swappiness"?"
    `);
    expect(await complaint(() => inventory.explain('w1', 'x'))).toMatchInlineSnapshot(`
      "w1 has no variable "x"
        → it has: sysctl, token, timezone"
    `);
    expect(await complaint(() => inventory.explain('w2'))).toMatchInlineSnapshot(`
      "there is no host "w2" in lab.yaml
        → did you mean "w1"?"
    `);
  });

  it('agrees with the variables on every leaf', async () => {
    const inventory = await load(text, fleet);
    const [told, had]: [unknown[], unknown[]] = [[], []];
    for (const { path, sources } of inventory.explain('w1').filter((one) => one.section === 'vars')) {
      const here = path.reduce<unknown>((at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined), inventory.hosts[0]?.vars);
      const winner = sources.find((source) => source.won);
      told.push([winner?.value, winner?.at]);
      had.push([path[0] === 'token' ? '<secret env:TOKEN>' : here, inventory.locate('w1', path)]);
    }
    expect(told).toEqual(had);
    expect(told).toHaveLength(4);
  });
});
