import type { Reading } from '../reading.ts';

/**
 * One reading for each of several keys, told apart by name: `each('unit', names, read.unit)` gives `unit ssh`, `unit cron`.
 * Put beside other readings by Object.assign: a spread would lose the type of such names.
 */
export function each<P extends string, T>(prefix: P, keys: readonly string[], reading: (key: string) => Reading<T>): { readonly [K in `${P} ${string}`]: Reading<T> };
export function each<T>(prefix: string, keys: readonly string[], reading: (key: string) => Reading<T>): Readonly<Record<string, Reading<T>>> {
  return Object.fromEntries(keys.map((key) => [`${prefix} ${key}`, reading(key)]));
}
