import { isAlias, isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import type { Value } from '../keyed/value.ts';

/** Begins what stands for something that is no value of its own. No text of YAML holds this character. */
export const mark = '\0';

/** What a node says at its own place: an alias stays an alias, so that a change of what it leads to is not taken for one here. */
export function ownValue(node: ParsedNode | null): Value {
  if (node === null) return null;
  if (isAlias(node)) return `${mark}*${node.source}`;
  if (isMap(node)) return Object.fromEntries(node.items.map(({ key, value }) => [keyOf(key), ownValue(value)]));
  if (isSeq(node)) return node.items.map((item) => ownValue(item));
  return ofScalar(isScalar(node) ? node.value : String(node));
}

export function keyOf(key: ParsedNode): string {
  if (isAlias(key)) return `${mark}*${key.source}`;
  const value = isScalar(key) ? ofScalar(key.value ?? '') : ownValue(key);
  return typeof value === 'object' ? `${mark}${JSON.stringify(value)}` : String(value);
}

function ofScalar(value: unknown): Value {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value !== 'number') return `${mark}${JSON.stringify(value)}`;
  return Number.isFinite(value) ? value : `${mark}${value}`;
}
