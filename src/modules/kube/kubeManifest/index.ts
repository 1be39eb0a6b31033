import { change, defineModule, type Kube, type KubeRef, read, refuse } from '../../../contract/index.ts';
import { applying, deleting } from '../objects/effects.ts';
import { inOrder, marked, refOf, shown } from '../objects/manifest.ts';
import { grace, planObject } from '../objects/plan-object.ts';
import { manifestArgs } from './args.ts';
import { inventoryOf, inventoryRef, isSame, listedIn, refsOf, setKey, toldSet } from './inventory.ts';

/**
 * Objects are applied by the API itself (server-side apply, field manager `plinth`), and compared over the fields they name. The set's list in
 * `kube-system/plinth-set-NAME` says what has left it.
 */
export const kubeManifest = defineModule({
  name: 'kubeManifest',
  summary: 'Objects of the API that are there together, and go when they are no longer named.',

  args: manifestArgs,

  observe: ({ set, objects, kubeconfig }) => Object.assign(read.each('object', [...new Set(refsOf(objects).map(keyOf))], (key) => read.kube(refIn(key), kubeconfig)), { inventory: read.kube(inventoryRef(set), kubeconfig) }),

  *plan({ set, objects, state, force, prune, ...access }, observed) {
    const { inventory } = observed;
    const listed = listedIn(inventory);
    const label = { key: setKey, value: set };
    const options = { timeout: access.timeout + grace };
    const wanted = inOrder(objects).map((object) => marked(object, { labels: { [setKey]: set } }));
    const refs = refsOf(wanted);

    if (state === 'absent') {
      const there = refs.filter((ref) => setOf(observed[`object ${keyOf(ref)}`]) === set);
      const all = [...listed, ...there.filter((ref) => !listed.some((one) => isSame(one, ref)))];
      for (const ref of inDeletionOrder(all)) yield change(shown(ref), 'there', undefined, deleting(ref, access, label), options);
      if (inventory.object) yield change(`the list of the set ${set}`, toldSet(listed), undefined, deleting(inventoryRef(set), access), options);
      return;
    }

    const taken = refs.filter((ref) => ![undefined, set].includes(setOf(observed[`object ${keyOf(ref)}`])));
    if (taken.length > 0 && !force) {
      return yield refuse('other sets have these objects', taken.map((ref) => `${shown(ref)} belongs to the set ${setOf(observed[`object ${keyOf(ref)}`])}`).join('\n'), { hint: 'Name an object in one set only, or take it over: force: true.', final: true });
    }

    const left = listed.filter((one) => !refs.some((ref) => isSame(one, ref)));
    const together = [...refs, ...left];
    // Listed before they are made: whatever is cut off here, the list names all that there may be.
    if (refs.some((ref) => !listed.some((one) => isSame(one, ref)))) yield change(`the list of the set ${set}`, inventory.object ? toldSet(listed) : undefined, toldSet(together), applying(inventoryOf(set, together), access, { force: true }), options);
    for (const object of wanted) yield* planObject(object, observed[`object ${keyOf(refOf(object))}`] ?? unread, { ...access, force });
    if (!prune || left.length === 0) return;
    for (const ref of inDeletionOrder(left)) yield change(shown(ref), 'no longer in the set', undefined, deleting(ref, access, label), options);
    yield change(`the list of the set ${set}`, toldSet(together), toldSet(refs), applying(inventoryOf(set, refs), access, { force: true }), options);
  },
});

const keyOf = ({ apiVersion, kind, name, namespace }: KubeRef): string => [apiVersion, kind, name, ...(namespace === undefined ? [] : [namespace])].join(' ');

function refIn(key: string): KubeRef {
  const [apiVersion = '', kind = '', name = '', namespace] = key.split(' ');
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

const setOf = (found: Kube | undefined): string | undefined => found?.object?.metadata.labels?.[setKey];

const unread: Kube = { api: 'none', served: false };

/** What holds others goes last. */
const inDeletionOrder = (refs: readonly KubeRef[]): readonly KubeRef[] => refs.toSorted((a, b) => holds(a) - holds(b));
const holds = ({ kind }: KubeRef): number => (kind === 'Namespace' ? 2 : kind === 'CustomResourceDefinition' ? 1 : 0);
