/** What structured files hold. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };
export type Mapping = { readonly [key: string]: Value };

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
export const isMapping = (value: Value): value is Mapping => typeof value === 'object' && value !== null && !isList(value);

/** Equal in content; the order of keys does not matter, nor does the sign of zero. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((one, at) => sameValue(one, b[at]));
  if (!isRecord(a) || !isRecord(b) || Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]));
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** A value inside the maps and lists that lead to it. A list that does not exist yet can only be begun at [0]. */
export function nested(path: readonly (string | number)[], value: Value): Value | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  const inner = nested(rest, value);
  if (inner === undefined || (typeof first === 'number' && first !== 0)) return undefined;
  return typeof first === 'number' ? [inner] : Object.fromEntries([[first, inner]]);
}
