import { renderKey, renderKeys, renderToml } from '../../config/toml/render.ts';

/** What a document of TOML holds. A null is no value: it takes a key away where documents are merged. */
export type Toml = string | number | boolean | null | readonly Toml[] | TomlTable;
export interface TomlTable {
  readonly [key: string]: Toml;
}

const isList = (value: Toml): value is readonly Toml[] => Array.isArray(value);
const isTable = (value: Toml | undefined): value is TomlTable => typeof value === 'object' && value !== null && !isList(value);

/** A table as text: its own values first, then the tables in it under their headers, an empty line before each. */
export const tomlDocument = (table: TomlTable): string => sections(table, []).join('\n');

function sections(table: TomlTable, path: readonly string[]): readonly string[] {
  const entries = Object.entries(table).filter(([, value]) => value !== null);
  const values = entries.filter(([, value]) => !isTable(value)).map(([key, value]) => `${renderKey(key)} = ${inline(value)}\n`);
  const below = entries.flatMap(([key, value]) => (isTable(value) ? sections(value, [...path, key]) : []));
  const header = path.length > 0 && (values.length > 0 || below.length === 0) ? `[${renderKeys(path)}]\n` : '';
  const own = header + values.join('');
  return own === '' ? below : [own, ...below];
}

function inline(value: Toml): string {
  if (value === null) return '""';
  if (typeof value !== 'object') return renderToml(value);
  if (isList(value)) return `[${value.map(inline).join(', ')}]`;
  const entries = Object.entries(value).filter(([, one]) => one !== null);
  return `{ ${entries.map(([key, one]) => `${renderKey(key)} = ${inline(one)}`).join(', ')} }`;
}

/** The second over the first, table by table; lists are replaced whole, null takes a key away. */
export function mergeTables(base: TomlTable, over: TomlTable): TomlTable {
  const merged: Record<string, Toml> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    if (value === null) delete merged[key];
    else merged[key] = isTable(value) ? mergeTables(isTable(below) ? below : {}, value) : value;
  }
  return merged;
}
