import { type Script, sh } from '../../../contract/index.ts';

/** The kubelet binds its folder to itself, to share what is mounted there with its pods: the same tree, mounted over itself. */
const selfBound = `{ device[$1] = $3; root[$1] = $4; at[$1] = $5; parent[$1] = $2 }
END { for (i in at) if (at[i] == "/var/lib/kubelet") {
  p = parent[i]
  below = substr(at[i], at[p] == "/" ? 1 : length(at[p]) + 1)
  if (device[p] == device[i] && root[i] == (root[p] == "/" ? "" : root[p]) below) print at[i]
} }`;

/**
 * Functions that list what is of Kubernetes, its CNI and kube-vip, by what it is: used to find it and to take it away, so that
 * both mean the same. They change nothing and print nothing for what is not there. Sources: kubeadm documentation (reset),
 * Cilium's links, chains, tables of rules and pins.
 */
export const ours: Script = sh`theFiles() {
  for d in /etc/kubernetes/manifests /etc/kubernetes/pki /etc/kubernetes/tmp /etc/kubernetes/plinth /var/lib/kubelet /var/lib/etcd /var/lib/cni /var/run/kubernetes; do
    if [ -d "$d" ] && [ -n "$(find "$d" ! -type d 2>/dev/null | head -n 1)" ]; then echo "$d"; fi
  done
  for f in /etc/kubernetes/admin.conf /etc/kubernetes/super-admin.conf /etc/kubernetes/kubelet.conf /etc/kubernetes/bootstrap-kubelet.conf /etc/kubernetes/controller-manager.conf /etc/kubernetes/scheduler.conf \
    /etc/cni/net.d/05-cilium.conf /etc/cni/net.d/05-cilium.conflist /etc/cni/net.d/10-flannel.conflist /etc/cni/net.d/10-calico.conflist /etc/cni/net.d/calico-kubeconfig /etc/cni/net.d/*.cilium_bak \
    /etc/sysctl.d/99-zzz-override_cilium.conf /opt/cni/bin/cilium-cni /run/flannel/subnet.env; do
    if [ -e "$f" ]; then echo "$f"; fi
  done
  for d in /run/cilium /var/lib/cilium /var/lib/calico /var/log/pods /var/log/containers; do
    if [ -d "$d" ]; then echo "$d"; fi
  done
}
theContainers() {
  for d in /run/containerd/io.containerd.runtime.v2.task/k8s.io/*/; do
    if [ -e "$d/config.json" ]; then d=\${d%/}; echo "\${d##*/}"; fi
  done
}
theMounts() {
  while read -r device at rest; do
    case $at in
      /var/lib/kubelet/*|/run/cilium/*|/var/run/cilium/*|/run/netns/cni-*|/var/run/netns/cni-*) echo "$at";;
    esac
  done </proc/mounts
  awk ${selfBound} /proc/self/mountinfo
}
theLinks() {
  for l in /sys/class/net/*; do
    l=\${l##*/}
    case $l in
      cilium_host|cilium_net|cilium_vxlan|cilium_geneve|cilium_wg0|cilium_tunl|lxc_health|kube-ipvs0|nodelocaldns|cni0|flannel.1|flannel-v6.1|vxlan.calico) echo "$l";;
      lxc[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]) echo "$l";;
      cali[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]) echo "$l";;
    esac
  done
}
theSaves() {
  if [ -s /proc/net/ip_tables_names ] && command -v iptables-legacy-save >/dev/null 2>&1; then echo iptables-legacy-save; fi
  if [ -s /proc/net/ip6_tables_names ] && command -v ip6tables-legacy-save >/dev/null 2>&1; then echo ip6tables-legacy-save; fi
  if command -v iptables-nft-save >/dev/null 2>&1; then
    echo iptables-nft-save; echo ip6tables-nft-save
  elif command -v iptables-save >/dev/null 2>&1; then
    echo iptables-save; echo ip6tables-save
  fi
}
theTables() {
  if command -v nft >/dev/null 2>&1; then nft list tables 2>/dev/null | sed -n 's/^table \(ip6\{0,1\}\) \(kube-proxy\)$/\1:\2/p'; fi
}
theIpRules() {
  if [ -e /sys/class/net/cilium_host ] || [ -d /run/cilium ] || [ -d /sys/fs/bpf/cilium ]; then
    for six in -4 -6; do ip $six rule show 2>/dev/null | grep -E 'lookup (2004|2005)( |$)' | sed "s/^\([0-9]*\):.*lookup \([0-9]*\).*/$six:\1:\2/" || :; done
  fi
}
thePrograms() {
  for p in /sys/fs/bpf/cilium /sys/fs/bpf/tc/globals/cilium_*; do
    if [ -e "$p" ]; then echo "$p"; fi
  done
}
theAddress() {
  if command -v ip >/dev/null 2>&1; then ip -o addr show to "$1" 2>/dev/null | sed -n "s#^[0-9]*: \([^ @]*\)[^ ]* *inet6\{0,1\} \($1[/0-9]*\) .*#\1=\2#p"; fi
}`;
