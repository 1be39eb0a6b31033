import { Late } from '../../contract/late.ts';

/** Every late value in plain data, each once. */
export function latesIn(data: unknown): Late<unknown>[] {
  const found = new Set<Late<unknown>>();
  withLates(data, (late) => found.add(late));
  return [...found];
}

/** A copy of plain data with something in place of each late value. */
export function withLates(data: unknown, instead: (late: Late<unknown>) => unknown): unknown {
  if (data instanceof Late) return instead(data);
  if (Array.isArray(data)) return data.map((one) => withLates(one, instead));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, one]) => [key, withLates(one, instead)]));
}
