import { z } from 'zod';
import { planned } from './planned.ts';
import type { Law } from './law.ts';

export const namedLikeFolder: Law = {
  name: 'is named like its folder',
  check: ({ module, folder }) => (module.name === folder ? [] : [`the module in ${folder}/ is called ${module.name}`]),
};

export const summarised: Law = {
  name: 'has a summary of one sentence',
  check: ({ module: { summary } }) => (/^[A-Z][^\n]*[^.\s]\.$/.test(summary) && !/\. [A-Z]/.test(summary) ? [] : [`not one sentence with a full stop: ${JSON.stringify(summary)}`]),
};

export const describedArgs: Law = {
  name: 'describes every argument and is strict about their names',
  check: ({ module }) => undescribed(module.args),
};

export const strictArgs: Law = {
  name: 'refuses an argument it does not know',
  check: ({ module, cases }) =>
    planned(module, cases)
      .filter(({ given }) => module.args.safeParse({ ...given, notAnArgument: true }).success)
      .map(({ file }) => `${file}: notAnArgument is taken`),
};

type Schema = z.core.JSONSchema.JSONSchema;

/** Every field, however deep, that has no description or takes names it does not know. */
export const undescribed = (args: z.ZodType): string[] => silentFields(z.toJSONSchema(args, { io: 'input', unrepresentable: 'any' }), []);

function silentFields(schema: Schema | boolean | undefined, path: readonly string[]): string[] {
  if (schema === undefined || typeof schema === 'boolean') return [];
  const fields = Object.entries(schema.properties ?? {});
  const loose = schema.properties && schema.additionalProperties !== false ? [`${path.join('.') || 'args'} is not strict: use z.strictObject`] : [];
  const silent = fields.filter(([, field]) => typeof field === 'boolean' || !field.description).map(([name]) => `${[...path, name].join('.')} has no description`);
  const items = Array.isArray(schema.items) ? schema.items : [schema.items];
  const values = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
  return [
    ...loose,
    ...silent,
    ...fields.flatMap(([name, field]) => silentFields(field, [...path, name])),
    ...[...items, values, ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap((part) => silentFields(part, path)),
  ];
}
