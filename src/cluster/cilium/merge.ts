/** What YAML and JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json } => typeof value === 'object' && value !== null && !isList(value);
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** The second over the first, key by key; lists are replaced whole, null takes a key away. */
export function mergeJson(base: Readonly<Record<string, Json>>, over: Readonly<Record<string, Json>>): Record<string, Json> {
  const merged: Record<string, Json> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    if (value === null) delete merged[key];
    else merged[key] = isRecord(value) ? mergeJson(isRecord(below) ? below : {}, value) : value;
  }
  return merged;
}
