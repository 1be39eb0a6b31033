import type { z } from 'zod';

/** What YAML and JSON can say. */
export type Json = z.output<ReturnType<typeof z.json>>;

const isRecord = (value: Json | undefined): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);

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
