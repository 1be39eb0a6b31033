import { z } from 'zod';

/**
 * What answers at an address: our cluster, one whose CA is not known here or is another, a kubelet alone, a node without
 * either, nothing at all.
 */
const answers = ['ours', 'cluster', 'foreign', 'kubelet', 'closed', 'silent', 'unclear'] as const;
export type Answer = (typeof answers)[number];

/** A member of etcd. */
export interface Member {
  /** Unsigned, of 64 bits, in decimal: no number of JavaScript can hold it. */
  readonly id: string;
  /** Empty until it has started for the first time. */
  readonly name: string;
  readonly peerUrls: readonly string[];
  readonly isLearner: boolean;
}

/** What was found of Kubernetes on a node and around it. */
export interface KubeadmState {
  /** Of the Node object. */
  readonly name: string;
  /** Without curl nobody could be asked. */
  readonly curl: boolean;
  /** Below /etc/kubernetes; besides, `config.yaml` of the kubelet, `etcd` for its data, `certificate` where the kubelet has one of its own. */
  readonly files: readonly string[];
  /** As systemd says it; `none` where nothing of kubeadm is here. */
  readonly kubelet: string;
  /** The API that the node uses: it is well, does not answer or not well, shows a certificate by another CA; it was not asked. */
  readonly api: 'well' | 'silent' | 'foreign' | 'unasked';
  /** HTTP codes of objects by name: livez, node, cluster-info, coredns, kube-proxy (DaemonSet), kube-proxy config. */
  readonly objects: Readonly<Record<string, number>>;
  /** The Node object is labelled as a control plane. */
  readonly labelled: boolean;
  /** Of etcd, where it could be asked. */
  readonly members?: readonly Member[];
  /** By address. Asked only where the API of this node is not well. */
  readonly peers: Readonly<Record<string, Answer>>;
  readonly endpoint?: Answer;
}

const answerOf = (text: string): Answer => answers.find((one) => one === text) ?? 'unclear';

const memberList = z.object({
  members: z.array(z.object({ ID: z.string(), name: z.string().default(''), peerURLs: z.array(z.string()).default([]), isLearner: z.boolean().default(false) })),
});

/** Understands the answer of etcd's /v3/cluster/member/list. */
export const parseMembers = (json: string): Member[] => memberList.parse(JSON.parse(json)).members.map(({ ID, name, peerURLs, isLearner }) => ({ id: ID, name, peerUrls: peerURLs, isLearner }));

const objectNames: readonly (readonly [RegExp, string])[] = [
  [/\/livez$/, 'livez'],
  [/\/nodes\/[^/]+$/, 'node'],
  [/\/configmaps\/cluster-info$/, 'cluster-info'],
  [/\/deployments\/coredns$/, 'coredns'],
  [/\/daemonsets\/kube-proxy$/, 'kube-proxy'],
  [/\/configmaps\/kube-proxy$/, 'kube-proxy config'],
];

/** Understands what `stateScript` put: a line for each thing, its name first. */
export function parseState(text: string): KubeadmState {
  const lines = text.split('\n').flatMap((line) => (line === '' ? [] : [/^(\S+) ?(.*)$/.exec(line)?.slice(1) ?? []]));
  const all = (key: string): string[] => lines.flatMap(([name, value = '']) => (name === key ? [value] : []));
  const one = (key: string): string | undefined => all(key)[0];
  const objects: Record<string, number> = {};
  for (const object of all('object')) {
    const [code = '', url = ''] = object.split(' ');
    const name = objectNames.find(([pattern]) => pattern.test(url))?.[1];
    if (name !== undefined) objects[name] = Number(code);
  }
  const members = one('members');
  const endpoint = one('endpoint')?.split(' ')[1];
  return {
    name: one('name') ?? '',
    curl: one('curl') === 'yes',
    files: all('file'),
    kubelet: one('kubelet') ?? 'none',
    api: apiOf(one('api')),
    objects,
    labelled: one('labelled') !== undefined,
    ...(members === undefined ? {} : { members: parseMembers(members) }),
    peers: Object.fromEntries(all('peer').map((peer) => [peer.split(' ')[0] ?? '', answerOf(peer.split(' ')[1] ?? '')])),
    ...(endpoint === undefined ? {} : { endpoint: answerOf(endpoint) }),
  };
}

function apiOf(said: string | undefined): KubeadmState['api'] {
  if (said === undefined) return 'unasked';
  const [code, ready] = said.split(' ');
  if (ready === 'yes') return 'well';
  return code === '60' ? 'foreign' : 'silent';
}
