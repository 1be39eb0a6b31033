import { type KubeRef, type Script, sh } from '../../../contract/index.ts';
import { type Access, withKubectl } from './asking.ts';
import { manager, shown, signed, type Wanted } from './manifest.ts';

/** Server-side apply of one object. The API keeps who owns which field. */
export const applying = (wanted: Wanted, access: Access, { force = false }: { readonly force?: boolean } = {}): Script =>
  withKubectl(
    access,
    sh`object=${JSON.stringify(signed(wanted))}
send() { printf '%s' "$object" | k apply --server-side --field-manager=${manager}${sh.raw(force ? ' --force-conflicts' : '')} -f -; }
patiently send${wanted.kind === 'CustomResourceDefinition' ? sh`
${established(wanted.metadata.name, access)}` : sh.raw('')}`,
  );

/** A CRD is of use only once the API serves it. */
const established = (name: string, { timeout }: Access): Script => sh`patiently k wait --for=condition=Established ${`--timeout=${Math.ceil(timeout / 1000)}s`} ${`customresourcedefinition/${name}`}`;

export const waitingEstablished = (name: string, access: Access): Script => withKubectl(access, established(name, access));

/** Deletes an object and waits until it is gone. With \`set\` only where it still bears its label. */
export const deleting = (ref: KubeRef, access: Access, label?: { readonly key: string; readonly value: string }): Script => {
  const { apiVersion, kind, name, namespace } = ref;
  const object = JSON.stringify({ apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } });
  const seconds = Math.ceil(access.timeout / 1000);
  const check = label === undefined ? sh.raw('') : sh`found=$(printf '%s' "$object" | k get -f - --ignore-not-found -o ${`jsonpath={.items[*].metadata.labels['${label.key}']}`} 2>/dev/null) || found=''
if [ "$found" != ${label.value} ]; then echo ${`${shown(ref)} is not of this set any more: left alone`}; exit 0; fi
`;
  return withKubectl(
    access,
    sh`object=${object}
${check}remove() {
  if out=$(printf '%s' "$object" | k delete -f - --ignore-not-found --wait ${`--timeout=${seconds}s`} 2>&1); then printf '%s\n' "$out"; return 0; fi
  case $out in *'no matches for kind'*) return 0;; esac
  printf '%s\n' "$out"; return 1
}
patiently remove`,
  );
};
