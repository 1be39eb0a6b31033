import { defineModule, type KubeObject, read, type Refusal, refuse } from '../../../contract/index.ts';
import { inOrder, refOf, shown } from '../../kube/objects/manifest.ts';
import { planObject } from '../../kube/objects/plan-object.ts';
import { gatewayArgs } from './args.ts';
import { bundleOf, isOlder } from './bundle.ts';

/** The CRDs of Gateway API. They must be there before Cilium is rendered with gatewayAPI.enabled, and be of the version that it is built for. */
export const gatewayApi = defineModule({
  name: 'gatewayApi',
  summary: 'The kinds of Gateway API, in the version and of the channel that Cilium is built for.',

  args: gatewayArgs,

  observe: ({ objects, kubeconfig }) => read.each('object', objects.map(({ kind, metadata: { name } }) => `${kind} ${name}`), (key) => {
    const of = objects.find(({ kind, metadata: { name } }) => `${kind} ${name}` === key);
    return read.kube(of ? refOf(of) : { apiVersion: 'v1', kind: 'Namespace', name: 'kube-system' }, kubeconfig);
  }),

  *plan({ version, channel, objects, downgrade, ...access }, observed) {
    const all = inOrder(objects).map((object) => ({ object, found: observed[`object ${object.kind} ${object.metadata.name}`] ?? { api: 'none' as const, served: false } }));
    const newer = downgrade ? undefined : refusedBy(all.flatMap(({ found }) => found.object ?? []), version, channel);
    if (newer) return yield newer;
    for (const { object, found } of all) yield* planObject(object, found, { ...access, force: true });
  },

  output: ({ version, channel }) => ({ version, channel }),
});

function refusedBy(there: readonly KubeObject[], version: string, channel: string): Refusal | undefined {
  const known = there.flatMap((object) => {
    const bundle = bundleOf(object);
    return bundle ? [{ what: `${shown(refOf({ ...object, metadata: { name: object.metadata.name } }))} is of ${bundle.version}, ${bundle.channel}`, ...bundle }] : [];
  });
  const newer = known.filter((one) => isOlder(version, one.version));
  const wider = known.filter((one) => one.channel === 'experimental' && channel === 'standard');
  const hint = 'Fields and kinds that the older ones do not know would be lost. Move to a Cilium that is built for what is there, or, where nothing uses them: downgrade: true.';
  if (newer.length > 0) return refuse(`the kinds that are there are newer than ${version}`, newer.map(({ what }) => what).join('\n'), { hint, final: true });
  if (wider.length > 0) return refuse('the kinds that are there are of the experimental channel', wider.map(({ what }) => what).join('\n'), { hint, final: true });
  return undefined;
}
