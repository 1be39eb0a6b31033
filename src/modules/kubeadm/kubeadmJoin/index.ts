import { type Change, change, defineModule, type Script, sh } from '../../../contract/index.ts';
import { yamlStream } from '../documents/document.ts';
import { endpointOf } from '../documents/init.ts';
import { joinDocument } from '../documents/join.ts';
import { ignoredAgain } from '../documents/preflight.ts';
import { plinthDir, putDocument } from '../scripts/document.ts';
import { explained } from '../scripts/explained.ts';
import { controlPlaneGates, noKubeProxy } from '../scripts/gates.ts';
import { nodeNamed } from '../scripts/nodeNamed.ts';
import { startAgain, unfitOf, workerGate } from '../scripts/standing.ts';
import { waiting } from '../scripts/waiting.ts';
import { kubeadmState } from '../state/kubeadmState.ts';
import { standingOf } from '../state/standing.ts';
import { type JoinArgs, joinArgs } from './args.ts';

const path = `${plinthDir}/join.yaml`;

/**
 * Stands on every control plane beside kubeadmInit, and readings choose between the two. Its document holds credentials: only root
 * can read it, and it is taken away when the join has ended. Sources: kubeadm documentation (high availability, API reference).
 */
export const kubeadmJoin = defineModule({
  name: 'kubeadmJoin',
  summary: 'A node joined to its cluster by kubeadm, as a control plane or a worker.',

  args: joinArgs,

  observe: (args) => ({ state: kubeadmState(args) }),

  *plan(args, { state }) {
    const is = standingOf(state, args, args.role);
    if (is.is === 'unfit') return yield unfitOf(is);
    if (is.is === 'half initialised') return;
    // Of control planes, kubeadmInit is the one that starts them again.
    if (is.is === 'down' && args.role === 'worker') yield startAgain(args.role, args, state);
    if (is.is === 'blank' && !args.first) yield* join(args, 'no member', 'fresh');
    if (is.is === 'beside') yield* join(args, 'no member', 'fresh');
    if (is.is === 'half joined') yield* join(args, 'joined half way', is.isVoter ? 'finish' : 'anew');
    if (is.is === 'member' && state.files.includes('plinth/join.yaml')) yield change(path, 'credentials of the join', undefined, sh`rm -f -- ${path}`);
  },

  output: (_, { state }) => ({ name: state.name }),
});

/** A first try, one that goes on behind the vote in etcd, which may not be lost, or one after a reset of this node. */
type How = 'fresh' | 'finish' | 'anew';

function* join(args: JoinArgs, from: string, how: How): Iterable<Change> {
  const ignorePreflightErrors = how === 'finish' ? ignoredAgain(args) : args.ignorePreflightErrors;
  const text = args.credentials.map('join.yaml with credentials', (minted) => yamlStream([joinDocument({ ...args, ignorePreflightErrors }, minted)]));
  if (how === 'anew') yield change('what is left of the last try', 'files of kubeadm, no vote in etcd', undefined, resetScript(args), { critical: true, timeout: 300_000 });
  yield change(path, undefined, 'JoinConfiguration with credentials, until the end of the join', putDocument(path, text));
  yield change('node', from, `${args.role === 'worker' ? 'worker' : 'control plane'} of the cluster at ${endpointOf(args.endpoint)}`, run(args), { critical: true, timeout: args.timeout });
}

const run = (args: JoinArgs): Script => sh`${waiting}
${explained}
${nodeNamed(args.nodeName)}
document=${path}
trap 'rm -f -- "$document"' EXIT
trap 'exit 143' HUP INT TERM
systemctl enable kubelet >&2 2>/dev/null || :
kubeadm join --config ${path} || { code=$?; explain; exit $code; }
rm -f -- ${path}
${args.role === 'worker' ? workerGate : controlPlaneGates({ ...args, timeout: Math.min(args.timeout, 240_000) })}
${args.role === 'worker' || args.kubeProxy ? sh`:` : noKubeProxy}`;

/** Only of this node: what is left of it in etcd is taken away by who mints the credentials. */
const resetScript = ({ criSocket, role }: JoinArgs): Script => sh`kubeadm reset --force --cri-socket ${criSocket} --skip-phases remove-etcd-member
rm -rf -- /var/lib/etcd/member /etc/kubernetes/pki /etc/kubernetes/kubelet.conf /etc/kubernetes/bootstrap-kubelet.conf ${role === 'controlPlane' ? ['/etc/kubernetes/admin.conf', '/etc/kubernetes/super-admin.conf', '/etc/kubernetes/controller-manager.conf', '/etc/kubernetes/scheduler.conf'] : []} /var/lib/kubelet/config.yaml /var/lib/kubelet/kubeadm-flags.env /var/lib/kubelet/pki`;
