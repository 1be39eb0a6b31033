import { type Check, read, sh } from '../contract/index.ts';
import { asking, failed, heard, ok } from './ask.ts';

/** Nothing of it is left in the API: neither what runs it, nor what a kubeadm upgrade would bring it back from. */
export const noKubeProxy = (): Check => ({
  name: 'kube-proxy is not there',
  reading: asking(sh`k get daemonsets,configmaps -n kube-system -o 'jsonpath={range .items[?(@.metadata.name=="kube-proxy")]}{.kind} {.metadata.name}{"\n"}{end}'
k get pods -A -l k8s-app=kube-proxy -o 'jsonpath={range .items[*]}Pod {.metadata.name} on {.spec.nodeName}{"\n"}{end}'`),
  judge: heard((lines) => (lines.length === 0 ? ok('no DaemonSet, no ConfigMap, no pods') : failed(lines.join('\n'), 'kubectl -n kube-system delete ds,cm kube-proxy; and set proxy.disabled in the ConfigMap kubeadm-config, or an upgrade brings it back.'))),
});

/**
 * Chains of kube-proxy in every backend. The kubelet keeps chains of its own (KUBE-FIREWALL, KUBE-KUBELET-CANARY, KUBE-MARK-*) and makes them anew each
 * minute, so only those of services count.
 */
export const noServiceChains = (): Check => ({
  name: 'no chains of kube-proxy',
  reading: read.said(sh`for tool in iptables-legacy-save iptables-nft-save iptables-save ip6tables-legacy-save ip6tables-nft-save ip6tables-save; do
  if command -v $tool >/dev/null 2>&1; then
    rules=$($tool 2>/dev/null) || { printf 'unread %s\n' $tool; continue; }
    printf 'looked %s\n' $tool
    printf '%s\n' "$rules" | grep -oE '^:(KUBE-(SVC|SEP|FW|EXT|XLB)-[A-Z0-9]+|KUBE-(SERVICES|NODEPORTS|EXTERNAL-SERVICES|PROXY-FIREWALL|PROXY-CANARY))' | sed "s/^:/$tool /" || :
  fi
done
if command -v nft >/dev/null 2>&1; then
  if tables=$(nft list tables 2>/dev/null); then echo 'looked nft'; printf '%s\n' "$tables" | grep -E ' kube-proxy$' | sed 's/^/nft /' || :; else echo 'unread nft'; fi
fi
if [ -r /proc/net/ip_vs ]; then echo 'looked ipvs'; grep -E '^(TCP|UDP|SCTP) ' /proc/net/ip_vs | sed 's/^/ipvs /' || :; fi
if [ -e /sys/class/net/kube-ipvs0 ]; then echo 'ipvs link kube-ipvs0'; fi`),
  judge: heard((lines) => {
    const looked = lines.flatMap((line) => (line.startsWith('looked ') ? [line.slice(7)] : []));
    const found = lines.filter((line) => !/^(looked|unread) /.test(line));
    if (found.length > 0) return failed([...found.slice(0, 8), ...(found.length > 8 ? [`and ${found.length - 8} more`] : [])].join('\n'), 'Restart the node, or take them out: docs/verify.md.');
    if (looked.length === 0) return { status: 'skipped', evidence: 'there is no iptables, nft or ipvs to look at on this node' };
    return ok(`none in ${looked.join(', ')}`);
  }),
});
