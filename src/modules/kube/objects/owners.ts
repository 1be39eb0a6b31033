import type { KubeObject } from '../../../contract/index.ts';
import { type Fields, isFields, manager } from './manifest.ts';

/** Which fields somebody has set: a part of managedFields, where `f:` is a field, `k:` an entry of a list by its key, `v:` one by its value. */
export interface Owner {
  readonly name: string;
  readonly fields: Fields;
}

/** Who owns the part of an object that is being looked at. */
export interface Owners {
  /** undefined where nothing of it is ours. */
  readonly ours: Fields | undefined;
  readonly others: readonly Owner[];
}

/** Fields that were set by `kubectl apply` without --server-side: a server-side apply by kubectl takes them over, and drops what it does not name. */
const before = 'kubectl-client-side-apply';

/** Server-side apply, `metadata.managedFields`: kubernetes.io, Server-Side Apply. */
export function ownersOf({ metadata: { managedFields = [] } }: KubeObject): Owners {
  const all = managedFields.map(({ manager: name = '?', operation, subresource, fieldsV1 = {} }) => ({ name, fields: fieldsV1, isOurs: name === manager && operation === 'Apply' && subresource === undefined }));
  const ours = all.filter(({ name, isOurs }) => isOurs || name === before).map(({ fields }) => fields);
  return { ours: ours.length === 0 ? undefined : ours.reduce(joined), others: all.filter(({ isOurs }) => !isOurs).map(({ name, fields }) => ({ name, fields })) };
}

const joined = (one: Fields, other: Fields): Fields => {
  const both = Object.entries(other).map(([key, value]) => {
    const own = one[key];
    return [key, isFields(own) && isFields(value) ? joined(own, value) : value] as const;
  });
  return { ...one, ...Object.fromEntries(both) };
};

/** The owners of a field of it. */
export const ofField = (owners: Owners, name: string): Owners => step(owners, (fields) => fields[`f:${name}`]);

/** The owners of an entry of a list that is told apart by keys, such as a container by its name. */
export const ofEntry = (owners: Owners, entry: Fields): Owners => step(owners, (fields) => fields[entryKey(fields, entry) ?? '']);

/** Under which key a list's entry is known. A key that the API fills in by itself may be missing in what we want. */
export const entryKey = (fields: Fields | undefined, entry: Fields): string | undefined => keysOf(fields).find((key) => Object.entries(keyOf(key)).every(([name, value]) => entry[name] === undefined || entry[name] === value));

/** The entries of a list that is told apart by keys. */
export const keysOf = (fields: Fields | undefined): string[] => Object.keys(fields ?? {}).filter((key) => key.startsWith('k:'));

/** The entries of a list that is a set of values. */
export const valuesOf = (fields: Fields | undefined): unknown[] => Object.keys(fields ?? {}).flatMap((key) => (key.startsWith('v:') ? [JSON.parse(key.slice(2))] : []));

export const fieldsOf = (fields: Fields | undefined): string[] => Object.keys(fields ?? {}).flatMap((key) => (key.startsWith('f:') ? [key.slice(2)] : []));

export function keyOf(key: string): Fields {
  const value: unknown = JSON.parse(key.slice(2));
  return isFields(value) ? value : {};
}

function step({ ours, others }: Owners, to: (fields: Fields) => unknown): Owners {
  const mine = ours && to(ours);
  return {
    ours: isFields(mine) ? mine : undefined,
    others: others.flatMap(({ name, fields }) => {
      const next = to(fields);
      return isFields(next) ? [{ name, fields: next }] : [];
    }),
  };
}
