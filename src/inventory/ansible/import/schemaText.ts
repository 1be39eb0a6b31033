import { isPlain } from '../../check/plain.ts';

/** The variables of one host, by name. */
type Vars = Readonly<Record<string, unknown>>;

interface Field {
  readonly name: string;
  readonly values: readonly unknown[];
  readonly optional: boolean;
}

/**
 * The text of schema.ts: what all hosts have is shared, what only hosts of a group have is the group's (`said` is what
 * groups say themselves), and types are those of the values. It is a beginning: a person narrows it, and says what each variable is for.
 */
export function schemaText(hosts: readonly { readonly name: string; readonly vars: Vars }[], members: ReadonlyMap<string, readonly string[]>, said: ReadonlyMap<string, ReadonlyMap<string, unknown>>, from: string): string {
  const shared: Field[] = [];
  const own = new Map<string, Field[]>([...members.keys()].map((group) => [group, []]));
  for (const name of new Set(hosts.flatMap(({ vars }) => Object.keys(vars)))) {
    const having = hosts.filter(({ vars }) => Object.hasOwn(vars, name));
    const field = { name, values: having.map(({ vars }) => vars[name]) };
    // Those that hold every host that has it: the one that says it, else one whose hosts all have it.
    const holding = [...members].filter(([, inside]) => having.every((host) => inside.includes(host.name)));
    const owner = having.length === hosts.length ? undefined : (holding.find(([group]) => said.get(group)?.has(name)) ?? holding.find(([, inside]) => inside.length === having.length));
    if (owner) own.get(owner[0])?.push({ ...field, optional: owner[1].length > having.length });
    else shared.push({ ...field, optional: having.length < hosts.length });
  }
  const groups = [...own].map(([group, fields]) => `    ${key(group)}: z.strictObject(${fieldsText(fields, '    ')}),\n`).join('');
  return `import { defineFleet } from 'plinth';
import { z } from 'zod';

/** Variables of the fleet, with the types that they had in ${from}. Narrow them, and say by .describe() what each is for. */
export const fleet = defineFleet({
  shared: z.strictObject(${fieldsText(shared, '  ')}),
  groups: ${groups === '' ? '{}' : `{\n${groups}  }`},
});
`;
}

const fieldsText = (fields: readonly Field[], indent: string): string => (fields.length === 0 ? '{}' : `{\n${fields.map(({ name, values, optional }) => `${indent}  ${key(name)}: ${typeText(values, `${indent}  `)}${optional ? '.optional()' : ''},\n`).join('')}${indent}}`);

const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) && name !== '__proto__' ? name : name === '__proto__' ? "['__proto__']" : quoted(name));
const quoted = (text: string): string => `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

/** One type for all of these values. */
function typeText(values: readonly unknown[], indent: string): string {
  const lists = values.filter(Array.isArray);
  const maps = values.filter(isPlain);
  const kinds = [
    ...(values.some((value) => typeof value === 'string') ? ['z.string()'] : []),
    ...(values.some((value) => typeof value === 'number') ? [values.every((value) => typeof value !== 'number' || Number.isInteger(value)) ? 'z.int()' : 'z.number()'] : []),
    ...(values.some((value) => typeof value === 'boolean') ? ['z.boolean()'] : []),
    ...(lists.length > 0 ? [`z.array(${typeText(lists.flat(), indent)})`] : []),
    ...(maps.length > 0 ? [mapText(maps, indent)] : []),
  ];
  const type = kinds.length === 0 ? 'z.unknown()' : kinds.length === 1 ? (kinds[0] ?? '') : `z.union([${kinds.join(', ')}])`;
  return values.includes(null) && kinds.length > 0 ? `${type}.nullable()` : type;
}

function mapText(maps: readonly Vars[], indent: string): string {
  const names = [...new Set(maps.flatMap((map) => Object.keys(map)))];
  return `z.strictObject(${fieldsText(names.map((name) => {
    const having = maps.filter((map) => Object.hasOwn(map, name));
    return { name, values: having.map((map) => map[name]), optional: having.length < maps.length };
  }), indent)})`;
}
