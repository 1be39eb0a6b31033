/** What kubeadm finds of its own first try. Source: kubeadm, preflight checks. */
const leftByKubeadm = (bindPort: number): string[] => [
  ...['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'].map((name) => `FileAvailable--etc-kubernetes-manifests-${name}.yaml`),
  ...['kubelet.conf', 'bootstrap-kubelet.conf', 'pki-ca.crt'].map((name) => `FileAvailable--etc-kubernetes-${name}`),
  ...[bindPort, 10259, 10257, 10250, 2379, 2380].map((port) => `Port-${port}`),
  'DirAvailable--var-lib-etcd',
];

/** The checks that may fail, each once; `all` stands alone, or kubeadm complains. */
export const ignored = (checks: readonly string[]): string[] => (checks.some((name) => name.toLowerCase() === 'all') ? ['all'] : [...new Set(checks)]);

/** The same for a second try, over what the first one left. */
export const ignoredAgain = ({ ignorePreflightErrors, bindPort }: { readonly ignorePreflightErrors: readonly string[]; readonly bindPort: number }): string[] => ignored([...ignorePreflightErrors, ...leftByKubeadm(bindPort)]);
