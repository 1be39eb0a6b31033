import type { Kube, KubeRef } from '../../../contract/index.ts';
import { isFields, refOf, shown, type Wanted } from '../objects/manifest.ts';

/** The label of every object of a set. */
export const setKey = 'plinth/set';

/** Where the cluster itself keeps what a set is made of: by it, what has left the set is known by name. */
export const inventoryRef = (set: string): KubeRef => ({ apiVersion: 'v1', kind: 'ConfigMap', name: `plinth-set-${set}`, namespace: 'kube-system' });

/** What is written there. */
export const inventoryOf = (set: string, refs: readonly KubeRef[]): Wanted => {
  const { apiVersion, kind, name, namespace } = inventoryRef(set);
  return { apiVersion, kind, metadata: { name, namespace, labels: { 'app.kubernetes.io/managed-by': 'plinth', [setKey]: set } }, data: { objects: refs.map(lineOf).sort().join('\n') } };
};

/** What is listed there: nothing where there is no list yet. */
export function listedIn({ object }: Kube): readonly KubeRef[] {
  const text = object && isFields(object.data) && typeof object.data.objects === 'string' ? object.data.objects : '';
  return text.split('\n').flatMap((line): KubeRef[] => {
    const [apiVersion, kind, name, namespace] = line.split(' ');
    return apiVersion && kind && name ? [{ apiVersion, kind, name, ...(namespace ? { namespace } : {}) }] : [];
  });
}

const lineOf = ({ apiVersion, kind, name, namespace }: KubeRef): string => [apiVersion, kind, name, ...(namespace === undefined ? [] : [namespace])].join(' ');

/** The same object in another version of its kind is the same object. */
export const isSame = (one: KubeRef, other: KubeRef): boolean => groupOf(one) === groupOf(other) && one.kind === other.kind && one.name === other.name && (one.namespace ?? 'default') === (other.namespace ?? 'default');

const groupOf = ({ apiVersion }: KubeRef): string => (apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '');

/** For people: `3 objects: ...`. */
export const toldSet = (refs: readonly KubeRef[]): string => `${refs.length} objects\n${refs.map(shown).sort().join('\n')}`;

export const refsOf = (objects: readonly Wanted[]): readonly KubeRef[] => objects.map(refOf);
