import { defineModule, type Kube, type KubeObject, read, type Refusal, refuse } from '../../../contract/index.ts';
import { inOrder, refOf, type Wanted } from '../../kube/objects/manifest.ts';
import { planGone, planObject } from '../../kube/objects/plan-object.ts';
import { gatewayArgs } from './args.ts';
import { bundleOf, isOlder } from './bundle.ts';

/** The CRDs of Gateway API. They must be there before Cilium is rendered with gatewayAPI.enabled, and be of the version that it is built for. */
export const gatewayApi = defineModule({
  name: 'gatewayApi',
  summary: 'The kinds of Gateway API, in the version and of the channel that Cilium is built for.',

  args: gatewayArgs,

  observe: ({ objects, kubeconfig }) => ({
    ...Object.fromEntries(objects.map((object) => [`object ${idOf(object)}`, read.kube(refOf(object), kubeconfig)])),
    policy: read.kube(refOf(policy), kubeconfig),
    binding: read.kube(refOf(binding), kubeconfig),
  }),

  *plan({ version, channel, objects, downgrade, ...access }, observed: Readonly<Record<string, Kube | undefined>>) {
    const all = inOrder(objects).map((object) => ({ object, found: observed[`object ${idOf(object)}`] ?? unread }));
    const why = refusedBy(all.flatMap(({ found }) => found.object ?? []), version, channel, observed.policy?.object !== undefined);
    if (why && !downgrade) return yield why;
    // What guards the kinds against this goes first, and comes back with the rest.
    const guards = why ? [policy, binding] : [];
    yield* planGone(binding, guards.length > 0 ? (observed.binding ?? unread) : unread, access);
    yield* planGone(policy, guards.length > 0 ? (observed.policy ?? unread) : unread, access);
    for (const { object, found } of all) yield* planObject(object, guards.some((guard) => idOf(guard) === idOf(object)) ? unread : found, { ...access, force: true });
  },

  output: ({ version, channel }) => ({ version, channel }),
});

const unread: Kube = { api: 'none', served: false };
const idOf = ({ kind, metadata: { name } }: Wanted): string => `${kind} ${name}`;

// Since 1.5 a release brings a policy that forbids older versions and other channels: gateway-api.sigs.k8s.io, Versioning.
const guardOf = (kind: string): Wanted => ({ apiVersion: 'admissionregistration.k8s.io/v1', kind, metadata: { name: 'safe-upgrades.gateway.networking.k8s.io' } });
const policy = guardOf('ValidatingAdmissionPolicy');
const binding = guardOf('ValidatingAdmissionPolicyBinding');

function refusedBy(there: readonly KubeObject[], version: string, channel: string, isGuarded: boolean): Refusal | undefined {
  const known = there.flatMap((object) => {
    const bundle = object.kind === 'CustomResourceDefinition' ? bundleOf(object) : undefined;
    return bundle ? [{ what: `${object.kind} ${object.metadata.name} is of ${bundle.version}, ${bundle.channel}`, ...bundle }] : [];
  });
  const newer = known.filter((one) => isOlder(version, one.version));
  const other = known.filter((one) => one.channel !== channel && (isGuarded || one.channel === 'experimental'));
  const hint = 'What the older or narrower ones do not know would be lost. Move to a Cilium that is built for what is there, or, where nothing uses it: downgrade: true.';
  if (newer.length > 0) return refuse(`the kinds that are there are newer than ${version}`, newer.map(({ what }) => what).join('\n'), { hint, final: true });
  if (other.length > 0) return refuse(`the kinds that are there are of the ${other[0]?.channel} channel`, other.map(({ what }) => what).join('\n'), { hint: channel === 'standard' ? hint : 'Their policy safe-upgrades forbids the change of channel. To take it away for that moment: downgrade: true.', final: true });
  return undefined;
}
