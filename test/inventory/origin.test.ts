import { describe, expect, it } from 'vitest';
import { showLocated } from '../../src/contract/index.ts';
import { findOrigin, type Inventory } from '../../src/inventory/index.ts';
import { load } from './given.ts';

const text = `vars:
  sysctl: { vm.swappiness: 10, net.core.somaxconn: 10 }
  files:
    - { path: /etc/one, mode: "0644" }
    - { path: /etc/two, mode: "0600" }
  timezone: Europe/Berlin
groups:
  workers: { hosts: [a, b] }
hosts: { b: { vars: { sysctl: { vm.swappiness: 60 } } } }
`;
const place = (inventory: Inventory, host: string, value: unknown, path: readonly PropertyKey[] = []): string | undefined => {
  const at = findOrigin(inventory, host, value, path);
  return at && showLocated(at);
};

describe('where an argument came from', () => {
  it('locates variables of a host', async () => {
    const inventory = await load(text);
    expect(inventory.locate('a', ['sysctl', 'vm.swappiness'])).toEqual({ file: 'lab.yaml', line: 2, col: 28 });
    expect(inventory.locate('b', ['sysctl', 'vm.swappiness'])).toEqual({ file: 'lab.yaml', line: 9, col: 48 });
    expect(inventory.locate('a', ['files', 1, 'mode'])).toEqual({ file: 'lab.yaml', line: 5, col: 31 });
    expect(inventory.locate('a', ['files', 2])).toBeUndefined();
    expect(inventory.locate('a', ['debug'])).toBeUndefined();
    expect(inventory.locate('z', [])).toBeUndefined();
  });

  it('knows objects by identity, also within arguments', async () => {
    const inventory = await load(text);
    const vars = inventory.hosts[0]?.vars ?? {};
    const args = { file: '90', values: vars['sysctl'], list: vars['files'] };
    expect(place(inventory, 'a', vars['sysctl'])).toBe('lab.yaml:2:11');
    expect(place(inventory, 'a', args, ['values', 'vm.swappiness'])).toBe('lab.yaml:2:28');
    expect(place(inventory, 'a', args, ['list', 1, 'mode'])).toBe('lab.yaml:5:31');
    expect(place(inventory, 'a', args, ['list', 1, 'owner'])).toBe('lab.yaml:5:7');
    expect(place(inventory, 'b', { values: inventory.hosts[1]?.vars['sysctl'] }, ['values', 'vm.swappiness'])).toBe('lab.yaml:9:48');
  });

  it('knows scalars by value where that leaves no doubt', async () => {
    const inventory = await load(text);
    expect(place(inventory, 'a', { zone: 'Europe/Berlin' }, ['zone'])).toBe('lab.yaml:6:13');
    expect(place(inventory, 'a', { zone: 10 }, ['zone'])).toBeUndefined();
    expect(place(inventory, 'a', { 'vm.swappiness': 10 }, ['vm.swappiness'])).toBe('lab.yaml:2:28');
    expect(place(inventory, 'b', { zone: 60 }, ['zone'])).toBeUndefined();
    expect(place(inventory, 'b', { 'vm.swappiness': 60 }, ['vm.swappiness'])).toBe('lab.yaml:9:48');
    expect(place(inventory, 'a', { zone: 'elsewhere' }, ['zone'])).toBeUndefined();
    expect(place(inventory, 'a', { zone: undefined }, ['zone'])).toBeUndefined();
    expect(place(inventory, 'z', { zone: 'Europe/Berlin' }, ['zone'])).toBeUndefined();
  });
});
