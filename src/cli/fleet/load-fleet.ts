import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { showDiagnostic } from '../../contract/diagnostic.ts';
import type { FleetSchema } from '../../dsl/fleet.ts';
import { loadModule } from '../../dsl/load/index.ts';
import { type Inventory, loadInventory } from '../../inventory/index.ts';
import type { Context } from '../context.ts';
import { loadOptions } from './load-options.ts';
import { secretSources } from './secret-sources.ts';

/** Reads the inventory for a playbook's fleet; its warnings go to stderr. */
export async function loadFleet(paths: readonly string[], fleet: FleetSchema, context: Context): Promise<Inventory> {
  const inventory = await loadInventory(paths, fleet, {
    ...secretSources(context),
    loadModule: async (path) => (await loadModule(path, loadOptions(context))).exports,
    verbose: context.verbose ?? false,
    cache: { dir: join(context.cwd, '.plinth', 'cache', 'sources'), refresh: context.refresh ?? false, note: (text) => context.err(`${text}\n`) },
  });
  for (const warning of inventory.warnings) context.err(`${context.style.yellow('warning:')} ${showDiagnostic(warning)}\n`);
  return inventory;
}

/** For commands without a playbook: the fleet that `schema.ts` beside the inventory exports, else one without variables. */
export async function loadFleetAlone(paths: readonly string[], context: Context): Promise<Inventory> {
  return loadFleet(paths, await schemaBeside(paths, context), context);
}

export async function schemaBeside(paths: readonly string[], context: Context): Promise<FleetSchema> {
  const [first = '.'] = paths;
  const file = await schemaFile(first, context.cwd);
  if (file === undefined) return { shared: z.looseObject({}), groups: {} };
  const { exports } = await loadModule(file, loadOptions(context));
  return [exports.default, exports.fleet, ...Object.values(exports)].find(isFleet) ?? { shared: z.looseObject({}), groups: {} };
}

/** In the folder, beside the file; for a dynamic inventory, which lies nowhere, in ./inventory or here. */
async function schemaFile(inventory: string, cwd: string): Promise<string | undefined> {
  const path = inventory.replace(/^ansible:/, '');
  const isDynamic = /^[a-z][a-z-]+:/.test(path);
  const folders = isDynamic ? [join(cwd, 'inventory'), cwd] : [resolve(cwd, path), dirname(resolve(cwd, path))];
  for (const folder of folders) {
    const file = join(folder, 'schema.ts');
    if (await stat(file).catch(() => undefined)) return file;
  }
  return undefined;
}

const isFleet = (value: unknown): value is FleetSchema => typeof value === 'object' && value !== null && 'shared' in value && value.shared instanceof z.ZodObject && 'groups' in value;
