import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { defineFleet, type FleetSchema } from '../../../src/dsl/fleet.ts';
import { type Inventory, type InventoryOptions, loadInventory } from '../../../src/inventory/index.ts';
import { folderWith } from '../given.ts';

/** A fleet that takes whatever an inventory says. */
export const anything: FleetSchema = { shared: z.looseObject({}), groups: {} };

/** A fleet that asks for three variables. */
export const asking = defineFleet({ shared: z.strictObject({ timezone: z.string().optional(), mtu: z.int().optional(), nodeIp: z.string().optional() }), groups: { workers: z.strictObject({ maxPods: z.int().optional() }) } });

/** An inventory of files made for the test. The first is the inventory itself. */
export async function loadAnsible(files: Readonly<Record<string, string>>, fleet: FleetSchema = anything, options: Partial<InventoryOptions> & { path?: string | readonly string[] } = {}): Promise<Inventory> {
  const cwd = await folderWith(files);
  const { path = Object.keys(files)[0] ?? '', ...rest } = options;
  return loadInventory(path, fleet, { cwd, env: { HOME: '/home/op' }, ...rest });
}

/** One of the inventories under fixtures/, in a folder of its own. */
export async function fixture(name: string): Promise<string> {
  const cwd = await folderWith({});
  cpSync(fileURLToPath(new URL(`fixtures/${name}`, import.meta.url)), `${cwd}/${name}`, { recursive: true });
  return cwd;
}

export const varsOf = (inventory: Inventory): Readonly<Record<string, Readonly<Record<string, unknown>>>> => Object.fromEntries(inventory.hosts.map(({ name, vars }) => [name, vars]));
