import { type Change, change, defineModule, refuse, type Script, sh } from '../../../contract/index.ts';
import type { Credentials } from '../args/credentials.ts';
import { apiVersionOf } from '../documents/api.ts';
import { clusterMembers, type ClusterMembers } from '../members/clusterMembers.ts';
import { deleteNode, isHealthy, memberOf, quorumLost, type Removal, removeMember } from '../members/removal.ts';
import { localApi } from '../scripts/localApi.ts';
import { type NodeToBe, tokenArgs } from './args.ts';
import { description } from './description.ts';

/**
 * To be declared with `onDemand` on control planes, so that it is minted when a join is about to be sent, by whichever of them can:
 *
 *     const minted = play('Credentials', groups.controlPlane, ({ onDemand }) => onDemand('mint', kubeadmToken, { purpose: 'worker' }).output);
 *     ... task('join', kubeadmJoin, { credentials: minted.any(), ... })
 *
 * Sources: kubeadm documentation (high availability, kubeadm token), etcd documentation (runtime reconfiguration).
 */
export const kubeadmToken = defineModule({
  name: 'kubeadmToken',
  summary: 'Credentials with which a node joins the cluster, minted on a control plane.',

  args: tokenArgs,

  observe: ({ bindPort, for: nodes }) => ({ found: clusterMembers(bindPort, nodes) }),

  *plan({ purpose, for: nodes, ttl, criSocket, bindPort }, { found }) {
    if (!found.isWell) return yield refuse('credentials cannot be minted here: this node has no API that is well', `https://127.0.0.1:${bindPort}/livez does not say ok`, { hint: 'Initialise the cluster first (kubeadmInit), or see why it is down: crictl ps -a' });
    const removals = nodes.flatMap((node) => staleMember(found, node) ?? []);
    const lost = quorumLost(found, removals);
    if (lost) return yield lost;
    for (const removal of removals) yield change(`member of ${removal.node} in etcd`, removal.member.isLearner ? 'a learner that never voted' : 'a voter that does not answer', undefined, sh.lines([localApi(bindPort), removeMember(removal)]), { event: true, critical: true });
    for (const { name } of nodes.filter((node) => isStaleNode(found, node, purpose))) yield change(`Node ${name}`, 'an earlier node of that name', undefined, sh.lines([localApi(bindPort), deleteNode(name)]), { event: true });
    yield mint(purpose, ttl, criSocket);
  },

  output(_, __, applied): Credentials {
    const said = applied.at(-1)?.stdout ?? '';
    const [, token = '', caCertHash = '', certificateKey = ''] = /^plinth-credentials (\S+) (\S+) ?(\S*)$/m.exec(said) ?? [];
    return { token, caCertHash, certificateKey };
  },
});

/** A learner has no vote, and one that never started none to lose; a voter is only stale where nobody answers for it. */
function staleMember(found: ClusterMembers, node: NodeToBe): Removal | undefined {
  const member = memberOf(found, node);
  if (!member) return undefined;
  const isStale = member.isLearner || member.name === '' || !isHealthy(found, member);
  return isStale ? { node: node.name, member } : undefined;
}

/** A control plane that votes goes on with its join as the node it is; a worker whose kubelet listens may be well. */
function isStaleNode(found: ClusterMembers, node: NodeToBe, purpose: 'worker' | 'controlPlane'): boolean {
  if (!found.nodes.includes(node.name)) return false;
  const member = memberOf(found, node);
  const votes = member !== undefined && !staleMember(found, node);
  return !votes && (purpose === 'controlPlane' || !found.kubelets.includes(node.address));
}

const mint = (purpose: 'worker' | 'controlPlane', ttl: string, criSocket: string): Change =>
  change('credentials', undefined, `a token for ${ttl}${purpose === 'controlPlane' ? ', and the certificates that control planes share' : ''}`, mintScript(purpose, ttl, criSocket), { event: true, timeout: 120_000 });

/** All by this node's own API: the endpoint may be on its way from one node to another. */
const mintScript = (purpose: 'worker' | 'controlPlane', ttl: string, criSocket: string): Script => sh`umask 077
conf=$(mktemp); config=$(mktemp)
trap 'rm -f -- "$conf" "$config"' EXIT
trap 'exit 143' HUP INT TERM
local=$(sed -n 's/^ *server: *//p' /etc/kubernetes/controller-manager.conf | head -n 1)
sed "s#server: .*#server: $local#" /etc/kubernetes/admin.conf >"$conf"
key=''
${purpose === 'controlPlane' ? uploadCertificates(criSocket) : sh`:`}
line=$(kubeadm token create --kubeconfig "$conf" --ttl ${ttl} --description ${description} --print-join-command)
set -- $line
token=''; hash=''
while [ $# -gt 1 ]; do
  case $1 in --token) token=$2;; --discovery-token-ca-cert-hash) hash=$2;; esac
  shift
done
if [ -z "$token" ] || [ -z "$hash" ]; then echo 'kubeadm token create gave no token' >&2; exit 1; fi
echo "plinth-credentials $token $hash $key"`;

/** With a configuration that names the version: without one kubeadm asks the internet for the newest. */
const uploadCertificates = (criSocket: string): Script => sh`socket=${criSocket}
key=$(kubeadm certs certificate-key)
version=$(kubeadm version -o short)
case $version in v1.2[0-9].*|v1.30.*) api=${apiVersionOf('v1.30.0')};; *) api=${apiVersionOf('v1.31.0')};; esac
cat >"$config" <<CONFIG
apiVersion: $api
kind: InitConfiguration
certificateKey: $key
nodeRegistration: { criSocket: "$socket" }
---
apiVersion: $api
kind: ClusterConfiguration
kubernetesVersion: $version
CONFIG
kubeadm init phase upload-certs --upload-certs --skip-certificate-key-print --kubeconfig "$conf" --config "$config" >&2`;
