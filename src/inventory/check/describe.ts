import { z } from 'zod';
import { Secret } from '../../contract/index.ts';

type Json = z.core.JSONSchema.BaseSchema;

const probe = new Secret('probe', async () => '');

/** JSON Schema of what a person writes; secrets are texts behind the tag !secret. */
export const toJson = (schema: z.ZodType): Json =>
  z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type !== 'custom' || z.safeParse(zodSchema, '').success || !z.safeParse(zodSchema, probe).success) return;
      jsonSchema.type = 'string';
      delete jsonSchema.title;
      jsonSchema.description = `${jsonSchema.description ?? 'A secret.'} Write !secret age:NAME, !secret env:NAME or !secret command:PROGRAM.`;
    },
  });

/** What the schema says about the value at a path: the keys it may have, and its description. */
export function describeAt(schema: z.ZodType, path: readonly PropertyKey[]): { readonly keys: readonly string[]; readonly description?: string } {
  const root = toJson(schema);
  let level: readonly Json[] = [root];
  for (const step of path) level = level.flatMap((one) => variants(one, root)).flatMap((one) => inner(one, step));
  const all = level.flatMap((one) => variants(one, root));
  const description = level.concat(all).find((one) => one.description !== undefined)?.description;
  return { keys: [...new Set(all.flatMap((one) => Object.keys(one.properties ?? {})))], ...(description === undefined ? {} : { description }) };
}

/** A schema, or the alternatives it stands for. */
function variants(schema: Json, root: Json): readonly Json[] {
  const name = /^#\/\$defs\/(.+)$/.exec(schema.$ref ?? '')?.[1];
  const target = name === undefined ? undefined : root.$defs?.[name];
  return [schema, ...(target ? [target] : []), ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap((one) => (typeof one === 'boolean' ? [] : variants(one, root)))];
}

function inner(schema: Json, step: PropertyKey): readonly Json[] {
  const items = typeof step === 'number' && schema.items !== undefined && !Array.isArray(schema.items) ? schema.items : undefined;
  const property = Object.hasOwn(schema.properties ?? {}, step) ? schema.properties?.[String(step)] : undefined;
  const found = property ?? items ?? (typeof step === 'string' ? schema.additionalProperties : undefined);
  return found === undefined || typeof found === 'boolean' ? [] : [found];
}
