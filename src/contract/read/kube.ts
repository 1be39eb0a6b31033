import { z } from 'zod';
import type { Kind, Reading } from '../reading.ts';
import { type Script, sh } from '../script/script.ts';
import { type Asked, asking, byKubeconfig, partOf, reasonIn } from './kubeApi.ts';
import { putPacked, unpacked } from './packed.ts';

/** Names an object of the API. */
export interface KubeRef {
  /** `v1`, `apps/v1`, ... */
  readonly apiVersion: string;
  /** `DaemonSet` */
  readonly kind: string;
  readonly name: string;
  /** Left out for what has none, and for `default`. */
  readonly namespace?: string | undefined;
}

const metadata = z.looseObject({
  name: z.string(),
  namespace: z.string().optional(),
  generation: z.number().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  deletionTimestamp: z.string().optional(),
  managedFields: z.array(z.looseObject({ manager: z.string().optional(), operation: z.string().optional(), subresource: z.string().optional(), fieldsV1: z.record(z.string(), z.unknown()).optional() })).optional(),
});
const kubeObject = z.looseObject({ apiVersion: z.string(), kind: z.string(), metadata });

/** An object as the API gives it, with the owners of its fields in `metadata.managedFields`. */
export type KubeObject = z.output<typeof kubeObject>;

/** What the API says of an object. */
export interface Kube {
  /** `none`: there is nothing to ask yet, or it does not answer. */
  readonly api: 'up' | 'none';
  /** Why it is none. */
  readonly why?: string;
  /** The API knows this kind in this version: a CRD that is not there yet is no mistake. */
  readonly served: boolean;
  readonly object?: KubeObject;
}

const anchor: KubeRef = { apiVersion: 'v1', kind: 'Namespace', name: 'kube-system' };

const kind: Kind<Kube> = {
  name: 'kube',
  shared: true,
  script: (keys) => putPacked(sh.lines(byKubeconfig(keys.map(keyOf)).map(([kubeconfig, wanted]) => objectsOf(kubeconfig, wanted)))),
  parse(text, key) {
    const { kubeconfig, ...ref } = keyOf(key);
    const asked = text === undefined ? undefined : partOf(unpacked(text), kubeconfig);
    if (asked === undefined) throw new Error('kubectl was not asked');
    return answerOf(asked, ref);
  },
};

interface Key extends KubeRef {
  readonly kubeconfig: string;
}

/** A key is four words and perhaps a namespace, so that it can be read in messages. */
function keyOf(key: string): Key {
  const [kubeconfig = '', apiVersion = '', of = '', name = '', namespace] = key.split(' ');
  return { kubeconfig, apiVersion, kind: of, name, namespace };
}

// kube-system is always asked for: where it comes back the API is up, and what did not come is not there.
const objectsOf = (kubeconfig: string, refs: readonly KubeRef[]): Script =>
  asking(kubeconfig, sh`printf '%s\n---\n' ${[anchor, ...refs].map(stub)} | k get -f - --ignore-not-found -o 'jsonpath={range .items[*]}{@}{"\n"}{end}'`);

const stub = ({ apiVersion, kind: of, name, namespace }: KubeRef): string => JSON.stringify({ apiVersion, kind: of, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } });

function answerOf(asked: Asked, ref: KubeRef): Kube {
  if (asked.why !== undefined) return { api: 'none', why: asked.why, served: false };
  const objects = asked.lines.filter((line) => line.startsWith('{'));
  const said = asked.lines.filter((line) => line !== '' && !line.startsWith('{')).join('\n');
  if (!objects.some((line) => isObject(line, anchor))) return { api: 'none', why: reasonIn(said), served: false };
  const found = objects.find((line) => isObject(line, ref));
  if (found !== undefined) return { api: 'up', served: true, object: kubeObject.parse(JSON.parse(found)) };
  const unknown = said.includes(`no matches for kind "${ref.kind}" in version "${ref.apiVersion}"`);
  const rest = said.split('\n').filter((line) => line.trim() !== '' && !/no matches for kind "|^ensure CRDs are installed first|^Warning:/.test(line));
  if (!unknown && rest.length > 0) throw new Error(`kubectl said: ${rest.join('; ')}`);
  return { api: 'up', served: !unknown };
}

/** Objects are long, and there are many: most are ruled out without being parsed. */
function isObject(line: string, { apiVersion, kind: of, name, namespace = 'default' }: KubeRef): boolean {
  if (!line.includes(`"kind":"${of}"`) || !line.includes(`"name":"${name}"`)) return false;
  const { success, data } = kubeObject.safeParse(JSON.parse(line));
  return success && data.apiVersion === apiVersion && data.kind === of && data.metadata.name === name && (data.metadata.namespace ?? 'default') === (data.metadata.namespace === undefined ? 'default' : namespace);
}

/** An object of the API by its name. All objects of a play cost one kubectl; no API, no kubectl and unknown kinds are values. */
export const kube = ({ apiVersion, kind: of, name, namespace }: KubeRef, kubeconfig = '/etc/kubernetes/admin.conf'): Reading<Kube> => ({
  kind,
  key: [kubeconfig, apiVersion, of, name, ...(namespace === undefined ? [] : [namespace])].join(' '),
});
