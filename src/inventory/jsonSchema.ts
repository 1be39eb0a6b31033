import { z } from 'zod';
import type { FleetSchema } from '../dsl/fleet.ts';
import { toJson } from './check/describe.ts';
import { hostSchema } from './check/hostSchema.ts';
import { layoutSchema } from './layout/schema.ts';

type Json = z.core.JSONSchema.BaseSchema;

/**
 * JSON Schema of the inventory files of a fleet, for editors. Variables are optional in it, since a file may hold any part
 * of them and the rest may come from another layer; whether a host has all of them is checked when the inventory is loaded.
 */
export function schemaOf(fleet: FleetSchema): Json {
  const layout = toJson(layoutSchema(z.record(z.string(), z.unknown()).meta({ id: 'vars' })));
  const { $schema: _, $defs, ...vars } = toJson(hostSchema(fleet, Object.keys(fleet.groups)));
  return { ...layout, title: 'Plinth inventory', $defs: { ...layout.$defs, ...$defs, vars: partial(vars) } };
}

/** Maps merge across layers, so no key of theirs is required in one; lists replace as a whole, so their items stay as they are. */
function partial(schema: Json): Json {
  const { required: _, properties, additionalProperties, anyOf, ...rest } = schema;
  return {
    ...rest,
    ...(properties === undefined ? {} : { properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, partialOr(value)])) }),
    ...(additionalProperties === undefined ? {} : { additionalProperties: partialOr(additionalProperties) }),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map(partialOr) }),
  };
}

function partialOr(schema: z.core.JSONSchema._JSONSchema): z.core.JSONSchema._JSONSchema;
function partialOr(schema: Json): Json;
function partialOr(schema: z.core.JSONSchema._JSONSchema): z.core.JSONSchema._JSONSchema {
  return typeof schema === 'boolean' ? schema : partial(schema);
}
