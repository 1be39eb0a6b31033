import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { KubeRef } from '../../../contract/index.ts';

/** An object as it is wanted. */
export interface Wanted {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly [field: string]: unknown;
}

interface Metadata {
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly labels?: Fields | undefined;
  readonly annotations?: Fields | undefined;
  readonly [field: string]: unknown;
}

export type Fields = Readonly<Record<string, unknown>>;

/** The field manager of all that we apply. */
export const manager = 'plinth';

/** Holds the digest of what was applied: by it a value that the API spells differently is told from one that was changed. */
export const digestKey = 'plinth/applied';

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

const shape = z.looseObject({
  apiVersion: z.string('has no apiVersion'),
  kind: z.string('has no kind'),
  metadata: z.looseObject({ name: z.string('has no metadata.name'), namespace: z.string().optional(), labels: z.record(z.string(), z.unknown()).optional(), annotations: z.record(z.string(), z.unknown()).optional() }, 'has no metadata'),
});

/**
 * An object as we send it: without what only the API writes, and a Secret's stringData as data. Lists come apart.
 * @throws Error with what it lacks.
 */
export function wantedOf(given: unknown): readonly Wanted[] {
  if (isFields(given) && typeof given.kind === 'string' && given.kind.endsWith('List') && Array.isArray(given.items)) return given.items.flatMap(wantedOf);
  const parsed = shape.safeParse(given);
  if (!parsed.success) throw new Error(`${named(given)} ${parsed.error.issues[0]?.message ?? 'is no object of the API'}`);
  const { status: _, stringData, data, ...rest } = parsed.data;
  const { creationTimestamp: __, managedFields: ___, resourceVersion: ____, uid: _____, ...metadata } = rest.metadata;
  const plain = rest.kind === 'Secret' && isFields(stringData) ? Object.fromEntries(Object.entries(stringData).map(([key, text]) => [key, Buffer.from(String(text), 'utf8').toString('base64')])) : undefined;
  const content = plain ? { data: { ...(isFields(data) ? data : {}), ...plain } } : data === undefined ? {} : { data };
  return [{ ...rest, ...content, metadata }];
}

const named = (given: unknown): string => (isFields(given) ? [given.kind, isFields(given.metadata) ? given.metadata.name : undefined].filter((part) => typeof part === 'string').join(' ') || 'a document' : 'a document that is no map');

export const refOf = ({ apiVersion, kind, metadata: { name, namespace } }: Wanted): KubeRef => ({ apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) });

/** `DaemonSet kube-system/cilium`. */
export const shown = ({ kind, name, namespace }: KubeRef): string => `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;

/** The same object with another label or annotation. */
export const marked = (wanted: Wanted, { labels = {}, annotations = {} }: { readonly labels?: Fields; readonly annotations?: Fields }): Wanted => ({
  ...wanted,
  metadata: {
    ...wanted.metadata,
    ...(Object.keys(labels).length > 0 || wanted.metadata.labels ? { labels: { ...wanted.metadata.labels, ...labels } } : {}),
    ...(Object.keys(annotations).length > 0 || wanted.metadata.annotations ? { annotations: { ...wanted.metadata.annotations, ...annotations } } : {}),
  },
});

/** What is sent: the object with its own digest. */
export const signed = (wanted: Wanted): Wanted => marked(wanted, { annotations: { [digestKey]: digestOf(wanted) } });

export const digestOf = (wanted: Wanted): string => createHash('sha256').update(JSON.stringify(sorted(wanted))).digest('hex').slice(0, 16);

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

/** What must be there before others can be. */
const first = ['Namespace', 'CustomResourceDefinition', 'PriorityClass', 'StorageClass', 'ServiceAccount', 'Secret', 'ConfigMap', 'ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding', 'Service'];
const last = ['ValidatingAdmissionPolicyBinding', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration', 'APIService'];

/** In the order in which they can be made. */
export const inOrder = (objects: readonly Wanted[]): readonly Wanted[] => objects.toSorted((a, b) => rank(a.kind) - rank(b.kind));

const rank = (kind: string): number => {
  const early = first.indexOf(kind);
  return early >= 0 ? early : last.includes(kind) ? 100 + last.indexOf(kind) : 50;
};
