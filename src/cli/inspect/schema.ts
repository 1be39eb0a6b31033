import { z } from 'zod';
import { PlinthError } from '../../contract/diagnostic.ts';
import { schemaOf } from '../../inventory/index.ts';
import { runEventSchema } from '../../report/schema.ts';
import type { Input } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { findInventory } from '../fleet/find-inventory.ts';
import { schemaBeside } from '../fleet/load-fleet.ts';

export async function schema(input: Input<never, never, 'inventory'>, context: Context): Promise<number> {
  const [what = 'inventory'] = input.args;
  if (what !== 'inventory' && what !== 'events') throw new PlinthError({ cause: 'usage', summary: `there is a schema of the inventory and one of events, none of "${what}"` });
  const found = what === 'events' ? z.toJSONSchema(runEventSchema) : schemaOf(await schemaBeside(await findInventory(input.list('inventory'), context), context));
  context.out(`${JSON.stringify(found, undefined, 2)}\n`);
  return 0;
}
