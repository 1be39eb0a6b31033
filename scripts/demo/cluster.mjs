// The cluster of the demo: what a lab node needs said, and what the bundle at hand can bring.

/** Lab nodes share a kernel and a cgroup hierarchy with the machine, may lack a capability, and swap is not theirs to turn off. */
const kubelet = { cgroupDriver: 'cgroupfs', failCgroupV1: false, failSwapOn: false, featureGates: { KubeletInUserNamespace: true } };
const timeouts = { kubernetesAPICall: '4m0s' };
const containerd = { plugins: { 'io.containerd.cri.v1.runtime': { restrict_oom_score_adj: true, containerd: { runtimes: { runc: { options: { SystemdCgroup: false } } } } } } };

/**
 * An inventory layer with the cluster of these nodes. `bundle` is a folder, `shown` what `plinth bundle show --output json` says of it:
 * what it does not hold is left out of the cluster, and named in `missing`.
 */
export function clusterLayer(nodes, bundle, shown) {
  const images = Object.values(shown.files).flatMap(({ images: held = {} }) => Object.keys(held));
  const has = (name) => images.some((image) => image.includes(name));
  const network = nodes[0].ip.split('.').slice(0, 3).join('.');
  const hasVip = has('kube-vip');
  const hasCilium = has('cilium/cilium') && shown.versions.cilium !== undefined;
  const cluster = {
    name: 'demo',
    kubernetes: { version: shown.versions.kubernetes, ignorePreflightErrors: ['all'], override: { kubelet, init: { timeouts }, join: { timeouts } } },
    endpoint: { host: hasVip ? `${network}.50` : nodes[0].ip },
    source: { bundle },
    containerd: { override: containerd },
    kubeVip: hasVip && (shown.versions.kubeVip ? { version: shown.versions.kubeVip } : {}),
    cilium: hasCilium && { version: shown.versions.cilium },
    gatewayApi: hasCilium && shown.versions.gatewayApi ? { version: shown.versions.gatewayApi } : false,
    hubble: hasCilium ? {} : false,
    loadBalancer: hasCilium ? { pools: [{ name: 'lab', blocks: [{ start: `${network}.200`, stop: `${network}.220` }] }], l2: [{ name: 'lab' }] } : {},
  };
  const missing = [...(hasVip ? [] : ['kube-vip (the first node is the endpoint)']), ...(hasCilium ? [] : ['Cilium (nodes wait for a network, and are not Ready)'])];
  return { layer: { vars: { cluster } }, missing };
}
