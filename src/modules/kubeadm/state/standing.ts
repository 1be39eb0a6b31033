import type { KubeadmState, Member } from './parse.ts';
import type { Place } from './place.ts';

/** What a node is, by its live state. */
export type Standing =
  /** Nothing of Kubernetes is here, and no cluster answers. */
  | { readonly is: 'blank' }
  /** Nothing is here, and a cluster answers there. */
  | { readonly is: 'beside'; readonly at: readonly string[] }
  /** A member of the cluster, and well. */
  | { readonly is: 'member' }
  /** All is here, but it does not answer. */
  | { readonly is: 'down' }
  /** kubeadm init has begun and did not end. */
  | { readonly is: 'half initialised' }
  /** kubeadm join has begun and did not end. A voter of etcd may not be reset. */
  | { readonly is: 'half joined'; readonly isVoter: boolean }
  | Unfit;

/** Nothing that could be done here would be right. */
export interface Unfit {
  readonly is: 'unfit';
  readonly what: string;
  readonly evidence: string;
  readonly hint: string;
  /** No earlier task could mend it. */
  readonly final: boolean;
}

const manifests = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map((name) => `manifests/${name}.yaml`);

/** Whose API answers, as ours or as one whose CA is not known here. */
const clustersAround = ({ peers, endpoint }: KubeadmState): string[] => [
  ...Object.entries(peers).flatMap(([address, answer]) => (answer === 'ours' || answer === 'cluster' ? [address] : [])),
  ...(endpoint === 'ours' || endpoint === 'cluster' ? ['the endpoint'] : []),
];

/** The member of etcd that is, or was, on the node of that address. */
export const memberAt = (members: readonly Member[] | undefined, address: string): Member | undefined => members?.find(({ peerUrls }) => peerUrls.some((url) => hostOf(url) === address));

/** `https://[fd00::1]:2380` is fd00::1. */
const hostOf = (url: string): string => /^https?:\/\/(?:\[([^\]]+)\]|([^:/]+))/.exec(url)?.slice(1).find((part) => part !== undefined) ?? '';

export function standingOf(state: KubeadmState, place: Pick<Place, 'nodeIp'>, role: 'controlPlane' | 'worker'): Standing {
  const has = (...files: readonly string[]): boolean => files.every((file) => state.files.includes(file));
  const isControlPlane = manifests.some((file) => has(file));
  const isTouched = isControlPlane || ['kubelet.conf', 'bootstrap-kubelet.conf', 'config.yaml', 'admin.conf'].some((file) => has(file)) || (role === 'worker' && has('pki/ca.crt'));
  if (!isTouched) return blank(state);
  if (!state.curl) return unfit('whether this node is well cannot be known without curl', `there is ${state.files.join(', ')}`, 'Install the package curl in an earlier task.');
  const foreign = foreignTo(state);
  if (foreign) return foreign;
  const isFinished = has('kubelet.conf', 'config.yaml', 'certificate');
  if (role === 'worker') {
    if (isControlPlane) return unfit('this node is a control plane, and is wanted as a worker', `there is ${manifests.filter((file) => has(file)).join(', ')}`, 'Reset it first (kubeadmReset), or keep it in the group of control planes.');
    return worker(state, isFinished);
  }
  if (!isControlPlane && isFinished && state.objects.node === 200) return unfit('this node is a worker of the cluster, and is wanted as a control plane', `its Node object ${state.name} is there, and no static pods are here`, 'Reset it first (kubeadmReset), or keep it in the group of workers.');
  return controlPlane(state, place, isFinished && has('admin.conf', ...manifests));
}

function blank(state: KubeadmState): Standing {
  const at = clustersAround(state);
  if (at.length > 0) return { is: 'beside', at };
  if (!state.files.includes('etcd')) return { is: 'blank' };
  return unfit('the data of an earlier etcd is in /var/lib/etcd', 'nothing else of Kubernetes is here', 'Save what you need of it, then reset the node (kubeadmReset) or take the folder away.');
}

/** A node has one CA. Where others show certificates by another one, it is not theirs. */
function foreignTo({ peers, endpoint, api }: KubeadmState): Unfit | undefined {
  const strangers = [
    ...Object.entries(peers).flatMap(([address, answer]) => (answer === 'foreign' ? [address] : [])),
    ...(endpoint === 'foreign' ? ['the endpoint'] : []),
    ...(api === 'foreign' ? ['the API that its kubelet is configured for'] : []),
  ];
  if (strangers.length === 0 || Object.values(peers).includes('ours')) return undefined;
  return unfit('this node belongs to another cluster', `its CA (/etc/kubernetes/pki/ca.crt) is not that of ${strangers.join(', ')}`, 'Reset it first (kubeadmReset), or choose other addresses.', true);
}

function worker({ kubelet, api, objects }: KubeadmState, isFinished: boolean): Standing {
  if (!isFinished || objects.livez === 401) return { is: 'half joined', isVoter: false };
  if (kubelet !== 'active') return { is: 'down' };
  // A worker knows one endpoint; that it does not answer now says nothing of the node.
  return api === 'well' && objects.node === 404 ? { is: 'down' } : { is: 'member' };
}

function controlPlane(state: KubeadmState, { nodeIp }: Pick<Place, 'nodeIp'>, isComplete: boolean): Standing {
  const { api, objects, labelled, members, peers, files } = state;
  const member = memberAt(members, nodeIp);
  const isVoter = member !== undefined && !member.isLearner;
  const isAlone = (members?.length ?? 1) <= 1;
  if (api === 'well') {
    const lacksVote = files.includes('manifests/etcd.yaml') && members !== undefined && !isVoter;
    if (!isComplete || objects.node === 404 || !labelled || lacksVote) return isAlone ? { is: 'half initialised' } : { is: 'half joined', isVoter };
    const isInitialised = objects['cluster-info'] !== 404 && !(isAlone && files.includes('super-admin.conf') && objects.coredns === 404);
    return isInitialised ? { is: 'member' } : { is: 'half initialised' };
  }
  const isElsewhere = Object.values(peers).includes('ours');
  if (!isElsewhere) return isComplete ? { is: 'down' } : { is: 'half initialised' };
  if (isComplete && (isVoter || members === undefined)) return { is: 'down' };
  const couldVote = members === undefined && files.includes('pki/apiserver-etcd-client.crt') && files.includes('etcd');
  if (couldVote) return unfit('whether this node is a voter of etcd cannot be known', 'a join was cut off here, and no etcd of the other control planes answers', 'See that the others are well, then apply again.');
  return { is: 'half joined', isVoter };
}

const unfit = (what: string, evidence: string, hint: string, final = false): Unfit => ({ is: 'unfit', what, evidence, hint, final });
