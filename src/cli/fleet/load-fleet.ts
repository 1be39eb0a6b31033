import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { FleetSchema } from '../../dsl/fleet.ts';
import { loadModule } from '../../dsl/load/index.ts';
import { type Inventory, loadInventory } from '../../inventory/index.ts';
import type { Context } from '../context.ts';
import { loadOptions } from './load-options.ts';

/** Reads the inventory for a playbook's fleet; its warnings go to stderr. */
export async function loadFleet(paths: readonly string[], fleet: FleetSchema, context: Context): Promise<Inventory> {
  const inventory = await loadInventory(paths, fleet, {
    env: context.env,
    cwd: context.cwd,
    loadModule: async (path) => (await loadModule(path, loadOptions(context))).exports,
    ...(context.terminal.canAsk ? { prompt: (question: string) => context.ask(question, { hidden: true }) } : {}),
  });
  for (const { summary } of inventory.warnings) context.err(`${context.style.yellow('warning:')} ${summary}\n`);
  return inventory;
}

/** For commands without a playbook: the fleet that `schema.ts` beside the inventory exports, else one without variables. */
export async function loadFleetAlone(paths: readonly string[], context: Context): Promise<Inventory> {
  return loadFleet(paths, await schemaBeside(paths, context), context);
}

export async function schemaBeside(paths: readonly string[], context: Context): Promise<FleetSchema> {
  const [first = '.'] = paths;
  const file = join(dirname(resolve(context.cwd, first)), 'schema.ts');
  if (!(await stat(file).catch(() => undefined))) return { shared: z.looseObject({}), groups: {} };
  const { exports } = await loadModule(file, loadOptions(context));
  return [exports.default, exports.fleet, ...Object.values(exports)].find(isFleet) ?? { shared: z.looseObject({}), groups: {} };
}

const isFleet = (value: unknown): value is FleetSchema => typeof value === 'object' && value !== null && 'shared' in value && value.shared instanceof z.ZodObject && 'groups' in value;
