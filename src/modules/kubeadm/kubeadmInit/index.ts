import { type Change, change, defineModule, read, type Refusal, refuse, sh } from '../../../contract/index.ts';
import { yamlStream } from '../documents/document.ts';
import { endpointOf, initDocuments } from '../documents/init.ts';
import { ignoredAgain } from '../documents/preflight.ts';
import { plinthDir, putDocument } from '../scripts/document.ts';
import { explained } from '../scripts/explained.ts';
import { controlPlaneGates, noKubeProxy } from '../scripts/gates.ts';
import { startAgain, unfitOf } from '../scripts/standing.ts';
import { waiting } from '../scripts/waiting.ts';
import { kubeadmState } from '../state/kubeadmState.ts';
import type { KubeadmState } from '../state/parse.ts';
import { standingOf } from '../state/standing.ts';
import { type InitArgs, initArgs } from './args.ts';
import { needsEndpointEarly, unfitVersion } from './versions.ts';

const path = `${plinthDir}/init.yaml`;

/**
 * Live state decides: a node that is blank while a cluster answers at one of its peers or at the endpoint is left to kubeadmJoin,
 * as is one that had begun to join. Sources: kubeadm documentation (creating a cluster, high availability, API reference).
 */
export const kubeadmInit = defineModule({
  name: 'kubeadmInit',
  summary: 'A cluster initialised by kubeadm on its first control plane, where there is none yet.',

  args: initArgs,

  observe: (args) => ({ state: kubeadmState(args), document: read.text(path) }),

  *plan(args, { state, document }) {
    const is = standingOf(state, args, 'controlPlane');
    if (is.is === 'unfit') return yield unfitOf(is);
    if (is.is === 'member' && !args.kubeProxy) {
      const proxy = proxyIn(state);
      if (proxy) return yield proxy;
    }
    if (is.is === 'down') return yield startAgain('controlPlane', args, state);
    if (is.is === 'blank') {
      if (!args.first) return;
      const unsure = unsureOf(state);
      if (unsure) return yield unsure;
      return yield* initialise(args, document, 'no cluster');
    }
    if (is.is === 'half initialised') yield* initialise(args, document, 'initialised half way');
    if (is.is === 'beside' && is.at.every((at) => at === 'the endpoint')) yield strangerAt(args, state);
  },

  output: ({ endpoint, clusterName }, { state }) => ({ name: state.name, clusterName, endpoint: endpointOf(endpoint) }),
});

function* initialise(args: InitArgs, document: string | undefined, from: string): Iterable<Change | Refusal> {
  const unfit = unfitVersion(args.version, args.kubeProxy);
  if (unfit) return yield unfit;
  const ignorePreflightErrors = from === 'no cluster' ? args.ignorePreflightErrors : ignoredAgain(args);
  const text = yamlStream(initDocuments({ ...args, ignorePreflightErrors }));
  if (document !== text) yield change(path, document, text, putDocument(path, text));
  yield change('cluster', from, `${args.clusterName} ${args.version} at ${endpointOf(args.endpoint)}`, run(args), { critical: true, timeout: args.timeout });
}

const run = (args: InitArgs) => sh`${waiting}
${explained}
systemctl enable kubelet >&2 2>/dev/null || :
kubeadm init --config ${path} --skip-token-print || ${needsEndpointEarly(args.version) ? again(args) : sh`{ code=$?; explain; exit $code; }`}
${controlPlaneGates({ ...args, timeout: 120_000 })}
${args.kubeProxy ? sh`:` : noKubeProxy}`;

/** See `needsEndpointEarly`: what was made stays, the endpoint comes up behind it, and then the rest succeeds. */
const again = (args: InitArgs) => sh`{
  echo ${`kubeadm ${args.version} speaks to its API by the endpoint, which may not have been there yet: it is tried once more when it is`}
  isThere() { curl -sSf -o /dev/null --connect-timeout 2 --max-time 5 --connect-to ${`kubernetes:${args.endpoint.port}:${endpointOf({ host: args.endpoint.address ?? args.endpoint.host, port: args.endpoint.port })}`} --cacert /etc/kubernetes/pki/ca.crt ${`https://kubernetes:${args.endpoint.port}/livez`}; }
  await_ok "the endpoint" 120 isThere || { explain; exit 1; }
  kubeadm init --config ${path} --skip-token-print --ignore-preflight-errors ${ignoredAgain(args).join(',')} || { code=$?; explain; exit $code; }
}`;

/** kube-proxy beside what takes its place: both would write the rules of services. */
function proxyIn({ objects }: KubeadmState): Refusal | undefined {
  const found = ['kube-proxy', 'kube-proxy config'].filter((name) => objects[name] === 200);
  if (found.length === 0) return undefined;
  return refuse('the cluster has kube-proxy, and is wanted without it', `in kube-system: ${found.map((name) => (name === 'kube-proxy' ? 'DaemonSet kube-proxy' : 'ConfigMap kube-proxy')).join(', ')}`, {
    hint: 'Let Cilium take over its work first, then: kubectl -n kube-system delete ds/kube-proxy cm/kube-proxy. Or say kubeProxy: true.',
  });
}

/** What peers hold cannot be known where they are silent: another cluster beside the first would be the end of both. */
function unsureOf({ curl, peers }: KubeadmState): Refusal | undefined {
  if (!curl) return undefined;
  const silent = Object.keys(peers).filter((address) => peers[address] === 'silent' || peers[address] === 'unclear');
  if (silent.length > 0) return refuse('whether there is a cluster already cannot be known', `${silent.join(', ')}: no answer, not even that nothing listens`, { hint: 'Bring these control planes up, or take them out of the inventory until they are. (On a node that is up a firewall may be in the way.)' });
  const begun = Object.keys(peers).filter((address) => peers[address] === 'kubelet');
  if (begun.length > 0) return refuse('another control plane runs a kubelet already, and no API answers', begun.join(', '), { hint: 'Look there first: its API may be down (systemctl status kubelet, crictl ps -a), or an earlier try may have been cut off; then reset it.' });
  return undefined;
}

const strangerAt = ({ endpoint }: InitArgs, { peers }: KubeadmState): Refusal =>
  refuse('a cluster answers at the endpoint, and none of the control planes is part of it', `${endpointOf(endpoint)} answers; ${Object.keys(peers).length === 0 ? 'there is no other control plane' : Object.entries(peers).map(([address, answer]) => `${address}: ${answer}`).join(', ')}`, {
    hint: 'Choose another endpoint; or, if that cluster is meant, name its control planes in the inventory so that this node can join.',
    final: true,
  });
