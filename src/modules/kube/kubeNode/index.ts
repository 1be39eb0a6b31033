import { type Change, change, defineModule, type KubeObject, read } from '../../../contract/index.ts';
import { grace } from '../objects/plan-object.ts';
import { type NodeArgs, nodeArgs } from './args.ts';
import { setting } from './effects.ts';
import { type Taint, taintsOf, toldTaint } from './taints.ts';

/**
 * The Node object itself is made by its kubelet: where it is not there yet, apply waits for it. What we set is listed in annotations
 * (`plinth/labels`, `plinth/taints`), so that it can be told from what others set.
 */
export const kubeNode = defineModule({
  name: 'kubeNode',
  summary: 'Labels and taints of a node of the cluster.',

  args: nodeArgs,

  observe: ({ name, kubeconfig }) => ({ found: read.kube({ apiVersion: 'v1', kind: 'Node', name }, kubeconfig) }),

  *plan(args, { found: { object } }) {
    yield* planLabels(args, object);
    yield* planTaints(args, object);
  },
});

function* planLabels(args: NodeArgs, object: KubeObject | undefined): Generator<Change> {
  const { name, labels } = args;
  const there = object?.metadata.labels ?? {};
  const ours = listed(object, 'plinth/labels');
  const missing = Object.entries(labels).filter(([key, value]) => there[key] !== value);
  const surplus = ours.filter((key) => !(key in labels));
  if (missing.length + surplus.length === 0) return;
  const set = missing.map(([key, value]) => `${key}=${value}`);
  const run = setting(args, { verb: 'label', list: 'plinth/labels', before: [...ours, ...missing.map(([key]) => key)], after: [...ours.filter((key) => key in labels), ...missing.map(([key]) => key)], set, unset: surplus.map((key) => `${key}-`) });
  const shown = (of: Readonly<Record<string, string>>): string => [...missing.map(([key]) => key), ...surplus].sort().map((key) => (of[key] === undefined ? `${key}: nothing` : `${key}=${of[key]}`)).join('\n');
  yield change(`labels of Node ${name}`, object ? shown(there) : undefined, object ? shown(labels) : set.join('\n'), run, { timeout: args.timeout + grace });
}

function* planTaints(args: NodeArgs, object: KubeObject | undefined): Generator<Change> {
  const { name, taints, without } = args;
  const there = object ? taintsOf(object) : [];
  const ours = listed(object, 'plinth/taints');
  const missing = taints.filter((taint) => !there.some((one) => toldTaint(one) === toldTaint(taint)));
  const isWanted = (id: string): boolean => taints.some((one) => idOf(one) === id);
  const surplus = there.map(idOf).filter((id) => !isWanted(id) && (ours.includes(id) || without.includes(id.slice(0, id.lastIndexOf(':')))));
  const forgotten = ours.filter((id) => !isWanted(id) && !surplus.includes(id));
  // What the node will have at its registration is not known before: taints that must not be there are looked for then.
  const unseen = object ? [] : without;
  if (missing.length + surplus.length + forgotten.length + unseen.length === 0) return;
  const kept = there.filter((one) => !surplus.includes(idOf(one)) && !missing.some((other) => idOf(other) === idOf(one)));
  const run = setting(args, { verb: 'taint', list: 'plinth/taints', before: [...ours, ...missing.map(idOf)], after: [...ours.filter(isWanted), ...missing.map(idOf)], set: missing.map(toldTaint), unset: surplus.map((id) => `${id}-`), unseen });
  const to = [...kept, ...missing].map(toldTaint).sort();
  const from = [...there.map(toldTaint).sort(), ...forgotten.map((id) => `${id} of ours is gone`)].join('\n') || 'none';
  yield change(`taints of Node ${name}`, object ? from : undefined, object ? to.join('\n') || 'none' : [...to, ...unseen.map((key) => `without ${key}`)].join('\n'), run, { timeout: args.timeout + grace });
}

/** Under what a node has a taint once. */
const idOf = ({ key, effect }: Taint): string => `${key}:${effect}`;

const listed = (object: KubeObject | undefined, key: string): string[] => (object?.metadata.annotations?.[key] ?? '').split(',').filter((one) => one !== '');
