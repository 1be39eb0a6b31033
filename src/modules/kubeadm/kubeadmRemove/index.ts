import { change, defineModule, refuse, sh } from '../../../contract/index.ts';
import { clusterMembers } from '../members/clusterMembers.ts';
import { deleteNode, isHealthy, memberOf, quorumLost, removeMember } from '../members/removal.ts';
import { localApi } from '../scripts/localApi.ts';
import { removeArgs } from './args.ts';

/**
 * Runs on another control plane than the one that leaves: declared with `onDemand`, it runs when kubeadmReset is about to.
 * Sources: kubeadm documentation (reset), etcd documentation (runtime reconfiguration).
 */
export const kubeadmRemove = defineModule({
  name: 'kubeadmRemove',
  summary: 'A node taken out of the cluster, as seen by a control plane that stays.',

  args: removeArgs,

  observe: ({ node, bindPort }) => ({ found: clusterMembers(bindPort, [node]) }),

  *plan({ node, drain, bindPort }, { found }) {
    if (!found.isWell) return yield refuse('nobody can be taken out of the cluster from here: this node has no API that is well', `https://127.0.0.1:${bindPort}/livez does not say ok`, { hint: 'Bring a control plane up that stays; or end the whole cluster, by a reset of all its nodes without `leave`.' });
    if (found.name === node.name) return yield refuse('a node cannot take itself out of the cluster', `this is ${node.name}`, { hint: 'Ask another control plane: any({ except: host.name }).', final: true });
    const member = memberOf(found, node);
    const removal = member && { node: node.name, member };
    const lost = removal && quorumLost(found, [removal]);
    if (lost) return yield lost;
    const isThere = found.nodes.includes(node.name);
    if (isThere && drain) yield change(`pods of ${node.name}`, 'on it', 'elsewhere', drainScript(node.name), { passive: true, timeout: 150_000 });
    if (removal) yield change(`member of ${node.name} in etcd`, isHealthy(found, removal.member) ? 'a voter' : 'a member that does not answer', undefined, sh.lines([localApi(bindPort), removeMember(removal)]), { critical: true });
    if (isThere) yield change(`Node ${node.name}`, 'in the cluster', undefined, sh.lines([localApi(bindPort), deleteNode(node.name)]));
  },

  output: ({ node }) => ({ removed: node.name }),
});

/** The node goes in any case: pods that will not leave it in time end with it. */
const drainScript = (name: string) => sh`if command -v kubectl >/dev/null 2>&1; then
  kubectl --kubeconfig /etc/kubernetes/admin.conf drain ${name} --force --ignore-daemonsets --delete-emptydir-data --timeout=120s || echo 'some pods did not leave in time: they end with the node'
fi`;
