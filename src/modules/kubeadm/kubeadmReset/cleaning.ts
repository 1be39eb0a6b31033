import { type Script, sh } from '../../../contract/index.ts';
import { ours } from './ours.ts';

export interface Cleaning {
  readonly addresses: readonly string[];
  readonly criSocket: string;
}

/** Removes rules that lead to our chains, then the chains: everything else stays as it is, in one transaction a table. */
const rulesOut = `/^[*]/ { table = $0; gone = ""; flushed = ""; removed = ""; next }
/^:(KUBE-|CILIUM_)/ { c = substr($1, 2); flushed = flushed "-F " c "\\n"; removed = removed "-X " c "\\n"; next }
/^-A (KUBE-|CILIUM_)/ { next }
/^-A .* -[jg] (KUBE-|CILIUM_)/ { sub(/^-A/, "-D"); gone = gone $0 "\\n"; next }
/^COMMIT/ { if (gone flushed != "") printf "%s\\n%s%s%sCOMMIT\\n", table, gone, flushed, removed }`;

/**
 * The whole of a reset, as a program of its own: it runs beside us, so that nothing it does to the network can cut it off. Every
 * step goes on when the one before failed; what is left is read afterwards.
 */
export const cleaning = ({ addresses, criSocket }: Cleaning): Script => sh`export PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:$PATH" LC_ALL=C
${ours}
step() { echo "[reset] $*"; }
socket=${criSocket}
within() { if command -v timeout >/dev/null 2>&1; then timeout "$@"; else shift; "$@"; fi; }

ca=$(sed -n 's/^ *certificate-authority-data: *//p' /etc/kubernetes/admin.conf 2>/dev/null | head -n 1)
rm -f /etc/kubernetes/manifests/*.yaml
if command -v kubeadm >/dev/null 2>&1; then
  step kubeadm reset
  within 240 kubeadm reset --force --cri-socket "$socket" --skip-phases remove-etcd-member || :
fi
step the kubelet and its containers
systemctl stop kubelet 2>/dev/null || :
systemctl reset-failed kubelet 2>/dev/null || :
if [ -n "$(theContainers)" ] && command -v crictl >/dev/null 2>&1; then within 120 crictl --runtime-endpoint "$socket" rmp -fa >/dev/null 2>&1 || :; fi
if [ -n "$(theContainers)" ] && command -v ctr >/dev/null 2>&1; then
  for c in $(theContainers); do
    within 20 ctr -n k8s.io tasks kill -s KILL "$c" >/dev/null 2>&1 || :
    within 20 ctr -n k8s.io tasks rm -f "$c" >/dev/null 2>&1 || :
    within 20 ctr -n k8s.io containers rm "$c" >/dev/null 2>&1 || :
  done
fi
step mounts
for at in $(theMounts | sort -r); do umount "$at" 2>/dev/null || umount -l "$at" 2>/dev/null || :; done
for n in /run/netns/cni-*; do if [ -e "$n" ]; then ip netns del "\${n##*/}" 2>/dev/null || rm -f -- "$n"; fi; done
step addresses and links
for address in ${addresses}; do
  for at in $(theAddress "$address"); do ip addr del "\${at#*=}" dev "\${at%%=*}" || :; done
done
for rule in $(theIpRules); do
  six=\${rule%%:*}; pref=\${rule#*:}; pref=\${pref%%:*}
  ip "$six" rule del pref "$pref" 2>/dev/null || :
done
for six in -4 -6; do
  if ip $six rule show 2>/dev/null | grep -q '^100:.*lookup local' && ! ip $six rule show 2>/dev/null | grep -q '^0:'; then
    ip $six rule add from all lookup local pref 0 && ip $six rule del pref 100 || :
  fi
done
for l in $(theLinks); do ip link del "$l" 2>/dev/null || :; done
step programs in the kernel
for l in /sys/class/net/*; do
  l=\${l##*/}
  if command -v tc >/dev/null 2>&1 && { tc filter show dev "$l" ingress; tc filter show dev "$l" egress; } 2>/dev/null | grep -q -e cil_ -e bpf_netdev -e bpf_host; then tc qdisc del dev "$l" clsact 2>/dev/null || :; fi
  if ip -d link show dev "$l" 2>/dev/null | grep -q 'xdp.*cil_'; then ip link set dev "$l" xdp off 2>/dev/null || :; fi
done
for p in $(thePrograms); do rm -rf -- "$p"; done
step rules
for save in $(theSaves); do
  $save 2>/dev/null | awk ${rulesOut} | \${save%-save}-restore --noflush || :
done
for t in $(theTables); do nft delete table "\${t%%:*}" "\${t#*:}" || :; done
if command -v ipset >/dev/null 2>&1; then for s in $(ipset list -n 2>/dev/null | grep -e '^KUBE-' -e '^cilium_'); do ipset destroy "$s" 2>/dev/null || :; done; fi
if [ -s /proc/net/ip_vs ] && command -v ipvsadm >/dev/null 2>&1 && [ "$(wc -l </proc/net/ip_vs)" -gt 3 ] && grep -q 'lb_enable' /etc/kubernetes/manifests/kube-vip.yaml 2>/dev/null; then ipvsadm -C || :; fi
step files
for d in /var/lib/kubelet /var/lib/etcd /var/lib/cni /etc/kubernetes/manifests; do
  if [ -d "$d" ]; then find "$d" -mindepth 1 -maxdepth 1 -exec rm -rf -- {} + || :; fi
done
for b in /etc/cni/net.d/*.cilium_bak; do if [ -e "$b" ]; then mv -f -- "$b" "\${b%.cilium_bak}" || :; fi; done
override=no; [ ! -e /etc/sysctl.d/99-zzz-override_cilium.conf ] || override=yes
for f in $(theFiles); do rm -rf -- "$f"; done
rm -rf /etc/kubernetes/plinth /etc/kubernetes/pki /etc/kubernetes/tmp
rmdir /etc/kubernetes/manifests /etc/kubernetes /var/lib/cni 2>/dev/null || :
if [ $override = yes ]; then systemctl restart systemd-sysctl 2>/dev/null || sysctl --system >/dev/null 2>&1 || :; fi
if [ -n "$ca" ]; then
  for f in /root/.kube/config /home/*/.kube/config; do
    if [ -f "$f" ] && [ "$(sed -n 's/^ *certificate-authority-data: *//p' "$f")" = "$ca" ]; then rm -f -- "$f"; fi
  done
fi
step done`;
