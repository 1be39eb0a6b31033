import { z } from 'zod';
import { absolutePath } from '../../args/absolutePath.ts';

export const address = () => z.union([z.ipv4(), z.ipv6()], 'must be an IP address, such as 10.0.0.11');

export const kubernetesVersion = () =>
  z
    .string()
    .regex(/^v?\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$/, 'must be a whole version, such as v1.36.2')
    .transform((text) => (text.startsWith('v') ? text : `v${text}`));

export const port = () => z.int().min(1).max(65535);

export const nodeName = () => z.string().regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, 'must be lower case letters, digits, dots and dashes, such as node-1');

export const endpoint = () =>
  z.strictObject({
    host: z.string().regex(/^[A-Za-z0-9.:-]+$/, 'must be an address or a name').describe('An address, or a name that every node can resolve.'),
    address: address().optional().describe('The address behind host, where that is a name.'),
    port: port().default(6443).describe('The port.'),
  });

export type Endpoint = z.output<ReturnType<typeof endpoint>>;

/** Where a node stands in its cluster: the same for kubeVip, kubeadmInit and kubeadmJoin, so that one reading serves all three. */
export const placeFields = {
  endpoint: endpoint().describe('Where the API answers for all control planes.'),
  nodeName: nodeName().optional().describe("The name of the Node object. Default: the node's hostname in lower case, as kubeadm takes it."),
  nodeIp: address().describe("The node's own address in the cluster: of its kubelet, its API server and its etcd."),
  bindPort: port().default(6443).describe('The port of the API server on this node.'),
  peers: z.array(address()).default([]).describe('The addresses of all other control planes. While a cluster answers at one of them, nothing is initialised.'),
  first: z.boolean().default(false).describe('This host initialises the cluster where there is none yet: true for the first of the control planes, and for no other.'),
};

/** What kubeadm init and kubeadm join are both told. */
export const nodeFields = {
  version: kubernetesVersion().describe('The version of Kubernetes; it decides the version of the documents for kubeadm.'),
  criSocket: z.string().regex(/^unix:\/\/\/\S+$/, 'must be a socket, such as unix:///run/containerd/containerd.sock').default('unix:///run/containerd/containerd.sock').describe('The socket of the container runtime.'),
  kubeletExtraArgs: z.record(z.string(), z.string()).default({}).describe("Flags of the kubelet on this node without their dashes; they win over ours."),
  taints: z
    .array(
      z.strictObject({
        key: z.string().describe('Its name.'),
        value: z.string().optional().describe('Its value.'),
        effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).describe('What it does.'),
      }),
    )
    .optional()
    .describe("Taints at registration; [] for none. Default: kubeadm's, which keeps workloads off control planes."),
  ignorePreflightErrors: z.array(z.string()).default([]).describe("Checks of kubeadm that may fail, e.g. NumCPU; `all` for every one."),
  skipPhases: z.array(z.string()).default([]).describe('Phases of kubeadm to leave out. That of kube-proxy is left out anyway.'),
  patches: absolutePath().optional().describe('A directory on the node with patches for the static pods and the kubelet, as kubeadm takes them.'),
  timeouts: z.record(z.string(), z.string().regex(/^(\d+(\.\d+)?(h|m|s|ms))+$/, 'must be a duration of Go, such as 4m0s')).default({}).describe('By the names of kubeadm, e.g. kubernetesAPICall: 4m0s. Before Kubernetes 1.31 only controlPlaneComponentHealthCheck is known.'),
};

const document = (of: string) => z.record(z.string(), z.json()).default({}).describe(`Merged last over ${of}, key by key; lists are replaced, null takes a key away.`);

export const overrideField = z
  .strictObject({
    init: document('InitConfiguration'),
    cluster: document('ClusterConfiguration'),
    join: document('JoinConfiguration'),
    kubelet: document('KubeletConfiguration'),
  })
  .prefault({})
  .describe('What the other arguments do not say, by document of kubeadm. Those that this task does not write are not looked at.');
