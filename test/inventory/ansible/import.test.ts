import { cpSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadOptions } from '../../../src/cli/fleet/load-options.ts';
import { loadModule } from '../../../src/dsl/load/index.ts';
import type { FleetSchema } from '../../../src/dsl/fleet.ts';
import { type Had, place } from '../../../src/inventory/ansible/import/place.ts';
import { type Inventory, loadInventory } from '../../../src/inventory/index.ts';
import { createProject } from '../../cli/terminal.ts';
import { anything, fixture } from './given.ts';

const env = { HOME: '/home/op' };

/** The fleet that an import wrote, read as any schema.ts is. */
async function fleetIn(dir: string): Promise<FleetSchema> {
  const { exports } = await loadModule(join(dir, 'schema.ts'), loadOptions({ env: { XDG_CACHE_HOME: join(dir, '.cache') }, cwd: dir, version: '0.1.0' }));
  return z.object({ fleet: z.object({ shared: z.instanceof(z.ZodObject), groups: z.record(z.string(), z.instanceof(z.ZodObject)) }) }).parse(exports).fleet;
}

const told = async (inventory: Inventory) => ({
  groups: inventory.groups,
  hosts: await Promise.all(inventory.hosts.map(async ({ name, groups, vars }) => ({ name, groups: [...groups].sort(), vars, reach: await inventory.reach(name) }))),
});

/** What an inventory says, and what its import says. */
async function imported(files: (dir: string, write: (name: string, text: string) => void) => string) {
  const project = createProject();
  const path = files(project.dir, project.write);
  const ran = await project.run('inventory', 'import', path, '--out', 'fleet');
  expect([ran.code, ran.err.includes('bug')]).toEqual([0, false]);
  const fleet = await fleetIn(join(project.dir, 'fleet'));
  const options = { cwd: project.dir, env };
  const [before, after] = [await loadInventory(path, anything, options), await loadInventory('fleet/hosts.yaml', fleet, options)];
  return { before: await told(before), after: await told(after) };
}

describe('plinth inventory import', () => {
  it.each(['k3s', 'spray/inventory.ini', 'pi/inventory.yml'])('%s: the same hosts, groups, variables and ways to reach them', async (path) => {
    const from = await fixture(path.split('/')[0] ?? '');
    const { before, after } = await imported((dir) => {
      cpSync(from, dir, { recursive: true });
      return path;
    });
    expect(after).toEqual(before);
  });

  it('keeps passwords in secret.env, for their owner only', async () => {
    const project = createProject();
    project.write('hosts.ini', `[a]\nh1\n[b]\nh2 ansible_become_password="it's $5"\n[a:vars]\nansible_become_password=one\nansible_password=two\nansible_ssh_private_key_file=keys/lab\n`);
    expect((await project.run('inventory', 'import', 'hosts.ini')).code).toBe(0);
    expect(readFileSync(join(project.dir, 'inventory', 'secret.env'), 'utf8')).toBe(`BECOME_PASSWORD="it's \\$5"\nBECOME_PASSWORD_2='one'\nPASSWORD='two'\n`);
    expect(statSync(join(project.dir, 'inventory', 'secret.env')).mode & 0o777).toBe(0o600);
    const text = readFileSync(join(project.dir, 'inventory', 'hosts.yaml'), 'utf8');
    expect(text).toContain('becomePassword: !secret dotenv:BECOME_PASSWORD_2\n');
    expect(text).toContain('identityFile: ../keys/lab\n');
    const fleet = await fleetIn(join(project.dir, 'inventory'));
    const options = { cwd: project.dir, env };
    expect(await told(await loadInventory('inventory/hosts.yaml', fleet, options))).toEqual(await told(await loadInventory('hosts.ini', fleet, options)));
  });

  it('writes a schema that a person goes on with', async () => {
    const project = createProject();
    project.write('hosts.yml', 'all: { vars: { tz: UTC, "odd-name": 1 }, children: { a: { hosts: { h1: { ip: 10.0.0.1 }, h2: { ip: 10.0.0.2, disks: [{ path: /dev/a }, { path: /dev/b, size: 1.5 }] } }, vars: { mixed: [1, x, null] } }, b: { hosts: { h3: { only: yes } } } } }\n');
    await project.run('inventory', 'import', 'hosts.yml');
    expect(readFileSync(join(project.dir, 'inventory', 'schema.ts'), 'utf8')).toMatchInlineSnapshot(`
      "import { defineFleet } from 'plinth';
      import { z } from 'zod';

      /** Variables of the fleet, with the types that they had in hosts.yml. Narrow them, and say by .describe() what each is for. */
      export const fleet = defineFleet({
        shared: z.strictObject({
          tz: z.string(),
          'odd-name': z.int(),
          disks: z.array(z.strictObject({
            path: z.string(),
            size: z.number().optional(),
          })).optional(),
        }),
        groups: {
          a: z.strictObject({
            mixed: z.array(z.union([z.string(), z.int()]).nullable()),
            ip: z.string(),
          }),
          b: z.strictObject({
            only: z.boolean(),
          }),
        },
      });
      "
    `);
    expect(readFileSync(join(project.dir, 'inventory', 'hosts.yaml'), 'utf8')).toMatchInlineSnapshot(`
      "# Made from hosts.yml by \`plinth inventory import\`.

      vars:
        tz: UTC
        odd-name: 1

      hosts:
        h1:
          vars:
            ip: 10.0.0.1
        h2:
          vars:
            ip: 10.0.0.2
            disks:
              - path: /dev/a
              - path: /dev/b
                size: 1.5
        h3:
          vars:
            only: true

      groups:
        a:
          hosts:
            - h1
            - h2
          vars:
            mixed:
              - 1
              - x
              - 
        b:
          hosts:
            - h3
      "
    `);
  });

  it('overwrites nothing', async () => {
    const project = createProject();
    project.write('hosts.ini', '[g]\nh1\n');
    project.write('inventory/schema.ts', '// mine\n');
    const ran = await project.run('inventory', 'import', 'hosts.ini');
    expect(ran.code).toBe(1);
    expect(ran.err).toMatchInlineSnapshot(`
      "✗ files are in the way that the import would overwrite; nothing was written
        │ inventory/schema.ts
        → Give another folder (--out DIR), or move these away.
      "
    `);
    expect(readFileSync(join(project.dir, 'inventory/schema.ts'), 'utf8')).toBe('// mine\n');
    expect((await project.run('list', '-i', 'inventory/hosts.yaml')).code).toBe(1);
  });

  it.each([
    ['no such action', ['inventory', 'export', 'x']],
    ['no such file', ['inventory', 'import', 'nobody.ini']],
    ['a group that cannot be', ['inventory', 'import', 'odd.ini']],
  ])('%s is refused', async (_, argv) => {
    const project = createProject();
    project.write('odd.ini', '[my.group]\nh1\n');
    const ran = await project.run(...argv);
    expect([ran.code, ran.err]).toMatchSnapshot();
  });
});

describe('any variables', () => {
  const name = fc.constantFrom('a', 'b', 'c');
  const value: fc.Arbitrary<unknown> = fc.oneof(fc.constantFrom(1, 2, 'x', 'yes', '0644', '1:2', true, null), fc.array(fc.constantFrom(1, 'x'), { maxLength: 2 }), fc.dictionary(fc.constantFrom('k', 'l'), fc.constantFrom(1, 'x', true), { maxKeys: 2, noNullPrototype: true }));
  const vars = fc.dictionary(name, value, { maxKeys: 3, noNullPrototype: true });

  it('come out of an import as they went in', async () => {
    const shape = fc.record({ all: vars, g1: vars, g2: vars, g3: vars, hosts: fc.array(fc.record({ vars, groups: fc.subarray(['g1', 'g2', 'g3']) }), { minLength: 1, maxLength: 4 }), nested: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(shape, async ({ all, g1, g2, g3, hosts, nested }) => {
        const members = (group: string) => Object.fromEntries(hosts.flatMap((host, index) => (host.groups.includes(group) ? [[`h${index}`, null]] : [])));
        const groups = { g1: { vars: g1, hosts: members('g1'), ...(nested ? { children: { g2: null } } : {}) }, g2: { vars: g2, hosts: members('g2') }, g3: { vars: g3, hosts: members('g3') } };
        const { before, after } = await imported((_, write) => {
          write('hosts.yml', JSON.stringify({ all: { vars: all, hosts: Object.fromEntries(hosts.map((host, index) => [`h${index}`, host.vars])), children: groups } }));
          return 'hosts.yml';
        });
        expect(after).toEqual(before);
      }),
      { numRuns: 25 },
    );
  });

  it('stand in one place each, whatever was said by whom', () => {
    const had = fc.record({ value, by: fc.constantFrom('all', 'group g1', 'group g2', 'host h') });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('h1', 'h2', 'h3', 'h4'), fc.dictionary(name, had, { noNullPrototype: true }), { noNullPrototype: true }), fc.subarray(['h1', 'h2', 'h3']), fc.subarray(['h2', 'h3', 'h4']), (hosts, one, two) => {
        const known = new Map(Object.entries(hosts).map(([host, own]): [string, ReadonlyMap<string, Had>] => [host, new Map(Object.entries(own))]));
        const members = new Map([['g1', one.filter((host) => known.has(host))], ['g2', two.filter((host) => known.has(host))]]);
        const placed = place(known, members);
        for (const [host, own] of known) {
          const said = (key: string): readonly unknown[] => [placed.all, ...[...members].filter(([, inside]) => inside.includes(host)).map(([group]) => placed.groups.get(group)), placed.hosts.get(host)].flatMap((layer) => (layer?.has(key) ? [layer.get(key)] : []));
          for (const key of ['a', 'b', 'c']) {
            const words = said(key);
            expect(words.at(-1)).toEqual(own.get(key)?.value);
            // A map over a map would merge.
            expect(words.filter((word) => typeof word === 'object' && word !== null && !Array.isArray(word)).length).toBeLessThan(2);
          }
        }
      }),
    );
  });
});
