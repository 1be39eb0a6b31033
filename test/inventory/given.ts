import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { PlinthError, secret, showDiagnostic } from '../../src/contract/index.ts';
import { defineFleet, type FleetSchema } from '../../src/dsl/fleet.ts';
import { type Inventory, type InventoryOptions, loadInventory } from '../../src/inventory/index.ts';

/** A small fleet with one of everything that an inventory can get wrong. */
export const fleet = defineFleet({
  shared: z.strictObject({
    timezone: z.string().default('UTC').describe('Time zone of every node.'),
    swappiness: z.int().min(0).max(200).optional(),
    sysctl: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
    files: z.array(z.strictObject({ path: z.string(), mode: z.string() })).optional(),
    debug: z.boolean().optional(),
    level: z.enum(['quiet', 'normal', 'loud']).optional(),
    token: secret().optional(),
  }),
  groups: {
    controlPlane: z.strictObject({ endpoint: z.string().describe('Address of the API server.') }),
    workers: z.strictObject({ maxPods: z.int().optional() }),
  },
});

/** A fleet that asks for nothing. */
export const free = defineFleet({ shared: z.strictObject({}), groups: {} });

type Files = Readonly<Record<string, string>>;

/** A folder with these files, gone after the test. */
export async function folderWith(files: Files): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plinth-inventory-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

export async function load(text: string | Files, schema: FleetSchema = fleet, options: Partial<InventoryOptions> & { paths?: string | readonly string[] } = {}): Promise<Inventory> {
  const cwd = await folderWith(typeof text === 'string' ? { 'lab.yaml': text } : text);
  const { paths = 'lab.yaml', ...rest } = options;
  return loadInventory(paths, schema, { cwd, env: { HOME: cwd }, ...rest });
}

/** What a person would read. */
export async function complaint(work: Promise<unknown> | (() => unknown)): Promise<string> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    if (error instanceof PlinthError) return error.message;
    throw error;
  }
  throw new Error('nothing was wrong');
}

export const warningsOf = (inventory: Inventory): readonly string[] => inventory.warnings.map(showDiagnostic);
