import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { topologySchema, vagrantInventory } from './inventory.ts';

const folder = join(import.meta.dirname, 'topologies');
const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const read = (name: string): unknown => parse(readFileSync(join(folder, name), 'utf8'));

describe.each(names)('topology %s', (name) => {
  it('is one, and gives every machine an address of its own', () => {
    const { nodes } = topologySchema.parse(read(name));
    const addresses = Object.values(nodes).map(({ address }) => address);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it('makes an inventory with every machine in its group', () => {
    expect(JSON.stringify(vagrantInventory(topologySchema.parse(read(name)), 'ssh_config'))).toContain('"controlPlane":{"hosts":{"node1"');
  });
});

const hasVagrant = spawnSync('vagrant', ['--version']).status === 0;

describe.runIf(hasVagrant)('vagrant', () => {
  it('accepts the Vagrantfile', () => {
    expect(execFileSync('vagrant', ['validate', '--ignore-provider'], { cwd: join(import.meta.dirname, '../..'), encoding: 'utf8' })).toContain('validated successfully');
  });
});
