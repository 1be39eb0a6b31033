import type { KubeObject } from '../../../contract/index.ts';
import { digestKey, digestOf, type Fields, isFields, type Wanted } from './manifest.ts';
import { entryKey, fieldsOf, keyOf, keysOf, ofEntry, ofField, type Owners, ownersOf, valuesOf } from './owners.ts';
import { isSameValue } from './same-value.ts';

/** A field that is not as wanted. */
export interface Difference {
  /** `spec.template.spec.containers[name=agent].image` */
  readonly path: string;
  readonly from: unknown;
  /** undefined: we set it once, and want it no longer. */
  readonly to: unknown;
  /** Who else has set it to what it is. */
  readonly owners: readonly string[];
}

interface Walk {
  readonly owners: Owners;
  /** What lies there is what we applied last, maybe spelled in another way. */
  readonly isApplied: boolean;
}

/**
 * Where an object differs from what is wanted: in fields that we name, and in those that we own and name no longer. What others
 * have added is theirs. A field that is ours still has the value that we applied, whatever the API made of its spelling.
 */
export function differences(wanted: Wanted, found: KubeObject): Difference[] {
  const isApplied = found.metadata.annotations?.[digestKey] === digestOf(wanted);
  const { apiVersion: _, kind: __, ...fields } = wanted;
  const { name: ___, namespace: ____, ...metadata } = wanted.metadata;
  const owners = ownersOf(found);
  const ours = owners.ours && Object.fromEntries(Object.entries(owners.ours).map(([key, value]) => [key, key === 'f:metadata' && isFields(value) ? withoutDigest(value) : value]));
  return inFields({ ...fields, metadata }, found, '', { owners: { ...owners, ours }, isApplied });
}

/** The digest is no field of the manifest, and no difference either. */
function withoutDigest(metadata: Fields): Fields {
  const annotations = metadata['f:annotations'];
  if (!isFields(annotations)) return metadata;
  const { 'f:annotations': _, ...rest } = metadata;
  const others = Object.entries(annotations).filter(([key]) => key !== `f:${digestKey}`);
  return others.some(([key]) => key !== '.') ? { ...rest, 'f:annotations': Object.fromEntries(others) } : rest;
}

function inValue(to: unknown, from: unknown, path: string, walk: Walk): Difference[] {
  if (to === null || (from === undefined && isEmpty(to))) return [];
  if (isFields(to) && isFields(from)) return inFields(to, from, path, walk);
  if (Array.isArray(to) && Array.isArray(from)) return inList(to, from, path, walk);
  if (isSameValue(to, from) || (walk.isApplied && walk.owners.ours !== undefined)) return [];
  return [{ path, from, to, owners: from === undefined ? [] : walk.owners.others.map(({ name }) => name) }];
}

function inFields(to: Fields, from: Fields, path: string, walk: Walk): Difference[] {
  const below = (name: string): string => (path === '' ? name : /^[\w-]+$/.test(name) ? `${path}.${name}` : `${path}["${name}"]`);
  const wanted = Object.keys(to).flatMap((name) => inValue(to[name], from[name], below(name), { ...walk, owners: ofField(walk.owners, name) }));
  const dropped = fieldsOf(walk.owners.ours).filter((name) => (to[name] ?? undefined) === undefined && from[name] !== undefined);
  return [...wanted, ...dropped.flatMap((name) => inDropped(from[name], below(name), { ...walk, owners: ofField(walk.owners, name) }))];
}

/** What we own of a field that we no longer name; others may have put more into it. */
function inDropped(from: unknown, path: string, walk: Walk): Difference[] {
  const parts = isFields(from) && fieldsOf(walk.owners.ours).length > 0 ? inFields({}, from, path, walk) : [];
  return parts.length > 0 ? parts : [{ path, from, to: undefined, owners: [] }];
}

function inList(to: readonly unknown[], from: readonly unknown[], path: string, walk: Walk): Difference[] {
  const { ours } = walk.owners;
  const keys = keysOf(ours);
  const values = valuesOf(ours);
  if (keys.length > 0 || byName(to, from)) return inEntries(to, from, path, walk, keys);
  if (values.length > 0) {
    const missing = to.filter((one) => !from.some((other) => isSameValue(one, other))).map((one): Difference => ({ path: `${path}[=${String(one)}]`, from: undefined, to: one, owners: [] }));
    const dropped = values.filter((one) => !to.some((other) => isSameValue(other, one)) && from.some((other) => isSameValue(one, other))).map((one): Difference => ({ path: `${path}[=${String(one)}]`, from: one, to: undefined, owners: [] }));
    return [...missing, ...dropped];
  }
  const inside = to.length === from.length ? to.flatMap((one, at) => inValue(one, from[at], `${path}[${at}]`, { ...walk, owners: { ours: walk.isApplied ? ours : undefined, others: walk.owners.others } })) : undefined;
  if (inside?.length === 0 || (walk.isApplied && ours !== undefined)) return [];
  return inside ?? [{ path, from, to, owners: walk.owners.others.map(({ name }) => name) }];
}

/** Entries that are known by keys: those of others may stand between ours. */
function inEntries(to: readonly unknown[], from: readonly unknown[], path: string, walk: Walk, keys: readonly string[]): Difference[] {
  const { ours } = walk.owners;
  const entries = to.filter(isFields);
  const wanted = entries.flatMap((entry) => {
    const key = entryKey(ours, entry);
    const at = `${path}[${shownKey(key === undefined ? nameOf(entry) : keyOf(key))}]`;
    const there = from.filter(isFields).find((one) => Object.entries(key === undefined ? nameOf(entry) : keyOf(key)).every(([name, value]) => one[name] === value));
    return inValue(entry, there, at, { ...walk, owners: ofEntry(walk.owners, entry) });
  });
  const dropped = keys.filter((key) => !entries.some((entry) => entryKey({ [key]: {} }, entry) !== undefined));
  const gone = dropped.flatMap((key): Difference[] => {
    const there = from.filter(isFields).find((one) => Object.entries(keyOf(key)).every(([name, value]) => one[name] === value));
    return there ? [{ path: `${path}[${shownKey(keyOf(key))}]`, from: there, to: undefined, owners: [] }] : [];
  });
  return [...wanted, ...gone];
}

const nameOf = (entry: Fields): Fields => ({ name: entry.name });
const byName = (to: readonly unknown[], from: readonly unknown[]): boolean => to.length > 0 && [...to, ...from].every((one) => isFields(one) && typeof one.name === 'string');
const shownKey = (key: Fields): string => Object.entries(key).map(([name, value]) => `${name}=${String(value)}`).join(',');

/** The API leaves out what is empty. */
const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '' || value === false || value === 0 || (Array.isArray(value) && value.length === 0) || (isFields(value) && Object.values(value).every(isEmpty));
