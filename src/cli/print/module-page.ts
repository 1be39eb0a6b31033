import { z } from 'zod';
import type { Description } from '../../modules/describe.ts';
import type { Style } from '../../report/text/style.ts';
import { table } from './table.ts';

const field = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  get items() {
    return field.optional();
  },
  get additionalProperties() {
    return z.union([z.boolean(), field]).optional();
  },
  get anyOf() {
    return z.array(field).optional();
  },
});
type Field = z.output<typeof field>;
const object = z.looseObject({ properties: z.record(z.string(), field).default({}), required: z.array(z.string()).default([]) });

/** A module as a page of text: what it does, its arguments, what it refuses, how it is written. */
export function modulePage({ name, kind, area, summary, args, examples, refuses, output }: Description, style: Style): string {
  const parsed = object.safeParse(args);
  const { properties, required } = parsed.success ? parsed.data : { properties: {}, required: [] };
  const rows = Object.entries(properties).map(([key, one]) => [`  ${key}${required.includes(key) ? '' : '?'}`, typeOf(one), `${one.description ?? ''}${one.default === undefined ? '' : ` Default: ${JSON.stringify(one.default)}.`}`]);
  return [
    `${style.bold(name)}  ${style.dim(`${kind} of ${area}`)}`,
    summary,
    ...(rows.length > 0 ? ['', style.bold('arguments'), table(rows, (text, column) => (column === 1 ? style.cyan(text) : text)).trimEnd()] : []),
    ...(output === undefined ? [] : ['', style.bold('output'), `  ${JSON.stringify(output)}`]),
    ...(refuses.length > 0 ? ['', style.bold('refuses'), ...refuses.map((line) => `  ${line}`)] : []),
    ...examples.flatMap(({ what, code }) => ['', style.dim(`// ${what}`), code]),
    '',
  ].join('\n');
}

function typeOf(one: Field): string {
  if (one.enum) return one.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (one.const !== undefined) return JSON.stringify(one.const);
  if (one.anyOf) return [...new Set(one.anyOf.map(typeOf))].join(' | ');
  if (one.type === 'array') return `${one.items ? typeOf(one.items) : 'any'}[]`;
  if (one.type === 'object' && typeof one.additionalProperties === 'object') return `{ [name]: ${typeOf(one.additionalProperties)} }`;
  return one.title ?? (Array.isArray(one.type) ? one.type.join(' | ') : (one.type ?? 'any'));
}
