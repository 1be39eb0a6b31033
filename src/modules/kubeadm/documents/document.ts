import { Document } from 'yaml';
import { isMapping, type Mapping, type Value } from '../../config/keyed/value.ts';

/** What is said of a document; what is undefined is left to kubeadm. */
export type Said = { readonly [key: string]: Value | Said | undefined };

/** Only what was said: undefined keys go, and maps that hold nothing else. */
export function said(document: Said): Mapping {
  const kept: Record<string, Value> = {};
  for (const [key, value] of Object.entries(document)) {
    const one = isSaid(value) ? said(value) : value;
    if (one === undefined || (isSaid(value) && isMapping(one) && Object.keys(one).length === 0)) continue;
    kept[key] = one;
  }
  return kept;
}

const isSaid = (value: Value | Said | undefined): value is Said => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The second over the first, key by key; lists are replaced whole, null takes a key away. */
export function merged(base: Mapping, over: Mapping): Mapping {
  const found: Record<string, Value> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = found[key];
    if (value === null) delete found[key];
    else found[key] = isMapping(value) ? merged(below !== undefined && isMapping(below) ? below : {}, value) : value;
  }
  return found;
}

/** One YAML stream of several documents. */
export const yamlStream = (documents: readonly Mapping[]): string => documents.map((one) => new Document(one, { aliasDuplicateObjects: false }).toString({ lineWidth: 0 })).join('---\n');
