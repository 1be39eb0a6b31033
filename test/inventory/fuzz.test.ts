import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlinthError } from '../../src/contract/index.ts';
import { loadInventory } from '../../src/inventory/index.ts';
import { fleet, folderWith } from './given.ts';

const sample = `vars: &base { timezone: UTC, sysctl: { vm.swappiness: 10, <<: { a: 1 } } }
ssh: { user: admin, port: 22, password: !secret env:PW, hostKeys: [ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI] }
groups:
  controlPlane: { hosts: { 'cp[1:3]': { ssh: { address: '10.0.0.[1:3]' } }, x: }, vars: { endpoint: "a" } }
  cluster:
    children: [controlPlane, workers]
    priority: 1
  workers:
    hosts: [w1, 'w[02:04:2]']
    vars:
      files: [{ path: /etc/a, mode: "0644" }]
hosts:
  w1: { vars: *base }
`;

const edit = fc.oneof(
  fc.record({ at: fc.nat(), cut: fc.nat(6), put: fc.constant('') }),
  fc.record({ at: fc.nat(), cut: fc.constant(0), put: fc.constantFrom(' ', '\n', '\t', ':', ': ', '- ', '[', ']', '{', '}', '"', "'", '&a ', '*base', '!x ', '!secret ', '<<: ', '~', '0', '1', '\0', '#', '|\n', '__proto__: ', 'constructor: ') }),
  fc.record({ at: fc.nat(), cut: fc.nat(20), put: fc.string({ maxLength: 8 }) }),
);

describe('any text', () => {
  it('is an inventory, or is refused with a place in the file', async () => {
    const cwd = await folderWith({});
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        const text = edits.reduce((now, { at, cut, put }) => now.slice(0, at % (now.length + 1)) + put + now.slice((at % (now.length + 1)) + cut), sample);
        await writeFile(join(cwd, 'lab.yaml'), text);
        const problems = await loadInventory('lab.yaml', fleet, { cwd, env: {} }).then(() => [], (error: unknown) => {
          if (error instanceof PlinthError) return error.diagnostics;
          throw error;
        });
        if (problems.length > 0) refused++;
        for (const { at, summary } of problems) expect(at?.length ?? summary.indexOf('no hosts')).toBeGreaterThan(0);
      }),
      { numRuns: 400 },
    );
    expect(refused).toBeGreaterThan(0);
  });
});
