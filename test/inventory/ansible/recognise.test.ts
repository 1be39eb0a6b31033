import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Form, formOf } from '../../../src/inventory/ansible/recognise.ts';
import { loadInventory } from '../../../src/inventory/index.ts';
import { PlinthError } from '../../../src/contract/index.ts';
import { folderWith } from '../given.ts';
import { anything } from './given.ts';

describe('what a file holds', () => {
  it.each<readonly [string, string, Form]>([
    ['lab.yaml', 'groups: { workers: { hosts: [node1] } }', 'plinth'],
    ['lab.yaml', 'vars: {}\nhosts: [a]', 'plinth'],
    ['lab.yaml', 'hosts: [a]', 'plinth'],
    ['lab.json', '{ "hosts": ["a"] }', 'plinth'],
    ['lab.yaml', '', 'plinth'],
    ['lab.yaml', '- a', 'plinth'],
    ['lab.yaml', 'group: { workers: {} }', 'plinth'],
    ['lab.yaml', '[web]\nh1\n', 'plinth'],
    ['hosts.yml', 'all: { hosts: { a: } }', 'yaml'],
    ['hosts.yml', '---\nall:\n  children:\n    web:\n', 'yaml'],
    ['hosts.yml', 'web: { hosts: { a: } }\ndb:\n', 'yaml'],
    ['hosts.yml', 'ungrouped:\n', 'yaml'],
    ['hosts.yml', 'all: { vars: &v { a: 1 } }\nweb: { vars: *v }', 'yaml'],
    ['hosts', 'all: { hosts: { a: } }', 'yaml'],
    ['hosts', '[web]\nh1', 'ini'],
    ['hosts', '# comment\n\nh1 ansible_host=10.0.0.1\n', 'ini'],
    ['hosts', 'h1\nh2\n', 'ini'],
    ['hosts', 'node[1:3].lan\n', 'ini'],
    ['hosts', 'h1:2222\n', 'ini'],
    ['hosts', 'groups: { a: }\n', 'plinth'],
    ['hosts.ini', 'anything: at all', 'ini'],
    ['aws_ec2.yml', 'plugin: amazon.aws.aws_ec2\n', 'plugin'],
    ['list.json', '{ "_meta": { "hostvars": {} } }', 'listing'],
    ['list.json', '{ "web": ["h1"] }', 'listing'],
    ['list.json', '{ "web": { "hosts": ["h1"] }, "db": { "children": ["x"] } }', 'listing'],
  ])('%s: %s', (path, text, form) => {
    expect(formOf(path, text)).toBe(form);
  });

  it('is told of aliases that multiply, without following them', () => {
    const text = `all: &a0 { x: 1 }\n${Array.from({ length: 20 }, (_, i) => `g${i + 1}: &a${i + 1} { ${Array.from({ length: 10 }, (__, j) => `k${j}: *a${i}`).join(', ')} }`).join('\n')}\n`;
    expect(formOf('hosts.yml', text)).toBe('yaml');
  });
});

const sample = `all:
  vars: &v { ansible_user: pi, a: "{{ b }}", c: [1, yes, 0644] }
  children:
    web:
      hosts:
        'web[1:2]': { ansible_user: me, ansible_port: 22 }
        db: *v
      vars: { secret: !vault x, ansible_become: no }
    site: { children: { web: , other: { hosts: { x: } } } }
`;

describe('any text', () => {
  it('is an inventory of Ansible, or is refused with a place in a file', async () => {
    const cwd = await folderWith({});
    const edit = fc.oneof(
      fc.record({ at: fc.nat(), cut: fc.nat(6), put: fc.constantFrom('', ' ', '\n', '\t', ':', ': ', '- ', '[', ']', '{', '}', '"', '&v ', '*v', '!vault ', '!x ', '<<: *v', '~', '[9:1]', '{{', '\0', '#', '__proto__: ') }),
      fc.record({ at: fc.nat(), cut: fc.nat(20), put: fc.string({ maxLength: 8 }) }),
    );
    let [refused, read] = [0, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        const text = edits.reduce((now, { at, cut, put }) => now.slice(0, at % (now.length + 1)) + put + now.slice((at % (now.length + 1)) + cut), sample);
        await writeFile(join(cwd, 'hosts.yml'), text);
        const problems = await loadInventory('ansible:hosts.yml', anything, { cwd, env: {} }).then(() => [], (error: unknown) => {
          if (error instanceof PlinthError) return error.diagnostics;
          throw error;
        });
        if (problems.length > 0) refused++;
        else read++;
        for (const { at, summary } of problems) expect(at?.length ?? summary.indexOf('no hosts')).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
    expect(Math.min(refused, read)).toBeGreaterThan(0);
  });
});
