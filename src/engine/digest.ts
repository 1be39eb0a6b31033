import { createHash } from 'node:crypto';

/** A short name for a value, the same whenever its content is. Late values count by their labels. */
export const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value, stable) ?? 'undefined').digest('hex').slice(0, 24);

function stable(_key: string, value: unknown): unknown {
  if (typeof value === 'function') return String(value);
  if (value instanceof RegExp) return String(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
