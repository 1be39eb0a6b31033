/** Whether an option of the kernel's build must be built in (`y`), a module (`m`), or either (`any`). */
export type Wanted = 'y' | 'm' | 'any';

const any = (...names: readonly string[]): Readonly<Record<string, Wanted>> => Object.fromEntries(names.map((name) => [name, 'any']));

/**
 * What kubeadm's own check demands of a kernel (system-validators 1.12, KernelSpec of types_unix.go, `Required`). kubeadm looks
 * them up in /proc/config.gz and /boot/config-*, and only after everything has been installed.
 */
export const kubernetesKernelConfig = any(
  'NAMESPACES',
  'NET_NS',
  'PID_NS',
  'IPC_NS',
  'UTS_NS',
  'CGROUPS',
  'CPUSETS',
  'MEMCG',
  'INET',
  'EXT4_FS',
  'PROC_FS',
  'NETFILTER_XT_TARGET_REDIRECT',
  'NETFILTER_XT_MATCH_COMMENT',
  'FAIR_GROUP_SCHED',
  'CGROUP_BPF',
  'CGROUP_PIDS',
  'CGROUP_SCHED',
);

/**
 * What Cilium's documentation lists as base requirements (Cilium 1.19 system requirements, "Linux Kernel"): the eBPF
 * machinery itself, in the form in which it is listed there.
 */
export const ciliumKernelConfig: Readonly<Record<string, Wanted>> = {
  BPF: 'y',
  BPF_SYSCALL: 'y',
  BPF_JIT: 'y',
  NET_CLS_BPF: 'any',
  NET_CLS_ACT: 'y',
  NET_SCH_INGRESS: 'any',
  CRYPTO_SHA1: 'any',
  CRYPTO_USER_API_HASH: 'any',
  CGROUPS: 'y',
  CGROUP_BPF: 'y',
  PERF_EVENTS: 'y',
  SCHEDSTATS: 'y',
};

/** Options of single features of Cilium, from the same page: give those of the features in use. */
export const ciliumFeatureConfig = {
  iptablesMasquerading: any('NETFILTER_XT_SET', 'IP_SET', 'IP_SET_HASH_IP', 'NETFILTER_XT_MATCH_COMMENT'),
  tunnel: any('VXLAN', 'GENEVE', 'FIB_RULES'),
  layer7: any('NETFILTER_XT_TARGET_TPROXY', 'NETFILTER_XT_TARGET_MARK', 'NETFILTER_XT_TARGET_CT', 'NETFILTER_XT_MATCH_MARK', 'NETFILTER_XT_MATCH_SOCKET'),
  bandwidthManager: any('NET_SCH_FQ'),
  netkit: any('NETKIT'),
};
