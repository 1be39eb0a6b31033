import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadInventory } from '../../../src/inventory/index.ts';
import { anything, fixture, varsOf } from './given.ts';

const ansible = spawnSync('ansible-inventory', ['--version']).status === 0;

interface Listed {
  readonly _meta: { readonly hostvars: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
}

/** What Ansible itself makes of the same files. Not among the packages that the tests install: it is a check for those who have it. */
describe.skipIf(!ansible)('the fixtures, as Ansible itself reads them', () => {
  it.each([
    ['k3s', 'k3s/hosts.ini'],
    ['spray', 'spray/inventory.ini'],
    ['pi', 'pi/inventory.yml'],
  ])('%s', async (name, path) => {
    const cwd = await fixture(name);
    // A vaulted file can be opened by neither side.
    rmSync(join(cwd, 'pi/host_vars/gateway/vault.yml'), { force: true });
    const listed = JSON.parse(execFileSync('ansible-inventory', ['-i', path, '--list'], { cwd, encoding: 'utf8' })) as Listed;
    const ours = varsOf(await loadInventory(path, anything, { cwd, env: { HOME: '/root' } }));
    expect(Object.keys(ours).sort()).toEqual(Object.keys(listed._meta.hostvars).sort());
    for (const [host, vars] of Object.entries(listed._meta.hostvars)) {
      // Templates, vaulted values and misspelt settings of the connection are named to the user and left out.
      const theirs = Object.fromEntries(Object.entries(vars).filter(([key, value]) => !/^ansible[_-]/.test(key) && !/\{[{%]|__ansible_vault/.test(JSON.stringify(value))));
      expect({ host, vars: ours[host] }).toEqual({ host, vars: theirs });
    }
  });
});
