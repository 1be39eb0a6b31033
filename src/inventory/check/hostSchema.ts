import { z } from 'zod';
import type { FleetSchema } from '../../dsl/fleet.ts';

/**
 * Schema of the variables of a host in these groups: what all hosts share and what each group adds, strict about its keys.
 * A variable that two of them declare must satisfy both. Refinements of the parts are kept, and so is a part that is loose
 * on purpose (`z.looseObject({})` takes any inventory, for commands without a playbook).
 */
export function hostSchema(fleet: FleetSchema, groups: readonly string[]): z.ZodObject {
  const parts = [fleet.shared, ...groups.flatMap((name) => (Object.hasOwn(fleet.groups, name) ? [fleet.groups[name]] : []))].filter((part) => part !== undefined);
  const shape: Record<string, z.core.$ZodType> = {};
  for (const part of parts) {
    for (const [key, schema] of Object.entries(part.shape)) {
      const before = shape[key];
      shape[key] = before === undefined || before === schema ? schema : both(before, schema);
    }
  }
  const loose = parts.map((part) => part.def.catchall).find((schema) => schema !== undefined && schema._zod.def.type !== 'never');
  const whole = loose ? z.object(shape).catchall(loose) : z.strictObject(shape);
  return z.core.clone(whole, { ...whole.def, checks: parts.flatMap((part) => part.def.checks ?? []) });
}

/** An intersection wants its key even where neither part does: so what both do without an answer is said again around it. */
function both(a: z.core.$ZodType, b: z.core.$ZodType): z.core.$ZodType {
  const [absentA, absentB] = [z.safeParse(a, undefined), z.safeParse(b, undefined)];
  const whole = z.intersection(a, b);
  if (!absentA.success || !absentB.success) return whole;
  const fallback = absentA.data ?? absentB.data;
  return fallback === undefined ? whole.optional() : whole.prefault(fallback);
}
