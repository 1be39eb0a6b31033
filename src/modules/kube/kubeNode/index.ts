import { change, defineModule, read, sh } from '../../../contract/index.ts';
import { withKubectl } from '../objects/asking.ts';
import { differences } from '../objects/differences.ts';
import { manager, signed, type Wanted } from '../objects/manifest.ts';
import { grace, toldOf } from '../objects/plan-object.ts';
import { type NodeArgs, nodeArgs } from './args.ts';
import { type Taint, taintsOf, toldTaint } from './taints.ts';

/** The taints that we set, so that those of others can be told from them. */
const taintsKey = 'plinth/taints';

/** The Node object itself is made by its kubelet: where it is not there yet, apply waits for it. */
export const kubeNode = defineModule({
  name: 'kubeNode',
  summary: 'Labels and taints of a node of the cluster.',

  args: nodeArgs,

  observe: ({ name, kubeconfig }) => ({ found: read.kube({ apiVersion: 'v1', kind: 'Node', name }, kubeconfig) }),

  *plan(args, { found: { object } }) {
    const { name, taints, without, timeout } = args;
    const what = `Node ${name}`;
    const options = { timeout: timeout + grace };
    const there = object ? taintsOf(object) : [];
    const ours = (object?.metadata.annotations?.[taintsKey] ?? '').split(',').filter((one) => one !== '');

    const wanted = labelled(args);
    const isNothing = !object && Object.keys(args.labels).length + taints.length === 0;
    const found = object ? differences(wanted, object) : [];
    if (!object && !isNothing) yield change(what, undefined, told(args), labelling(wanted, args), options);
    else if (found.length > 0) yield change(what, toldOf(found, 'from', wanted), toldOf(found, 'to', wanted), labelling(wanted, args), options);

    const missing = taints.filter(({ key, value, effect }) => !there.some((one) => one.key === key && one.effect === effect && one.value === value));
    const surplus = there.filter(({ key, effect }) => !taints.some((one) => one.key === key && one.effect === effect) && (ours.includes(`${key}:${effect}`) || without.includes(key)));
    // What the node will have at its registration is not known before: taints that must not be there are looked for then.
    const unseen = object ? [] : without;
    if (missing.length + surplus.length + unseen.length === 0) return;
    const kept = there.filter((one) => !surplus.includes(one) && !missing.some(({ key, effect }) => key === one.key && effect === one.effect));
    yield change(`taints of ${what}`, object ? list(there) : undefined, object ? list([...kept, ...missing]) : `${list(missing)}${unseen.length > 0 ? `, without ${unseen.join(', ')}` : ''}`, tainting(args, missing, surplus, unseen), options);
  },
});

const list = (taints: readonly Taint[]): string => taints.map(toldTaint).sort().join(', ') || 'none';

/** Labels are applied as a part of the object that is ours: what we no longer name goes by itself. */
const labelled = ({ name, labels, taints }: NodeArgs): Wanted => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, ...(Object.keys(labels).length > 0 ? { labels } : {}), ...(taints.length > 0 ? { annotations: { [taintsKey]: taints.map(({ key, effect }) => `${key}:${effect}`).sort().join(',') } } : {}) },
});

const told = ({ labels, taints }: NodeArgs): string => [...Object.entries(labels).map(([key, value]) => `${key}=${value}`), ...(taints.length > 0 ? [`${taintsKey}: ${taints.map(({ key, effect }) => `${key}:${effect}`).join(',')}`] : [])].join('\n');

// An apply would make a Node that does not exist.
const awaitingNode = (name: string) => sh`also='not found'
there() { k get node ${name} -o name; }
patiently there >/dev/null
also=''`;

const labelling = (wanted: Wanted, access: NodeArgs) =>
  withKubectl(
    access,
    sh`${awaitingNode(wanted.metadata.name)}
object=${JSON.stringify(signed(wanted))}
send() { printf '%s' "$object" | k apply --server-side --field-manager=${manager} --force-conflicts -f -; }
patiently send`,
  );

const tainting = (access: NodeArgs, missing: readonly Taint[], surplus: readonly Taint[], unseen: readonly string[]) =>
  withKubectl(
    access,
    sh`${awaitingNode(access.name)}
taint() { k taint node ${access.name} --overwrite ${[...missing.map(toldTaint), ...surplus.map(({ key, effect }) => `${key}:${effect}-`)]}; }
${missing.length + surplus.length > 0 ? sh`patiently taint` : sh.raw('')}
for key in ${unseen}; do
  untaint() { k taint node ${access.name} "$key-"; }
  also=''
  if said=$(k get node ${access.name} -o 'jsonpath={.spec.taints[*].key}' 2>&1); then case " $said " in *" $key "*) patiently untaint;; esac; else printf '%s\n' "$said" >&2; exit 1; fi
done`,
  );
