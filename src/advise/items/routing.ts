import { networkOf, noHostRouting, noNativeRouting, noReplacement } from '../base.ts';
import { blocked, type Item, notApplicable, possible } from '../row.ts';
import { isAtLeast, kernelOf } from '../versions.ts';
import { fastOpenOf } from './tuned.ts';

const nativeRouting: Item = {
  item: 'native routing',
  wanted: 'routingMode=native, autoDirectNodeRoutes=true',
  prerequisite: 'all nodes in one network, or routers that know the pods',
  rule: 'autoDirectNodeRoutes installs routes to neighbours only; across networks routers or BGP must know the pod networks',
  judge(node, wishes, fleet) {
    const found = networkOf(node) ?? 'no IPv4 address';
    if (wishes.routing !== 'native') return notApplicable(found, `the cluster is to tunnel by ${wishes.routing}`);
    const why = noNativeRouting(node, wishes, fleet);
    if (why === undefined) return possible(found, wishes.routes === 'external' ? 'routers know the way to pods' : 'all nodes are neighbours');
    return blocked(found, isAtLeast(wishes.cilium, '1.16') ? `${why}; directRoutingSkipUnreachable with BGP, or a tunnel` : why);
  },
};

const kubeProxyReplacement: Item = {
  item: 'kube-proxy replacement',
  wanted: 'kubeProxyReplacement=true',
  prerequisite: 'the kernel of the Cilium version; the API reachable without a ClusterIP',
  rule: 'Cilium 1.18 and newer: kernel 5.10 (RHEL 8.6, from 1.19 on 8.10); 1.16 and 1.17: 5.4; older: 4.19.57',
  judge(node, wishes) {
    const why = noReplacement(node, wishes);
    return why === undefined ? possible(kernelOf(node), 'the kernel has all it needs') : blocked(kernelOf(node), why);
  },
};

const masquerade: Item = {
  item: 'eBPF masquerade',
  wanted: 'bpf.masquerade=true',
  prerequisite: 'kube-proxy replacement',
  rule: 'needs the replacement with NodePort and socket load balancing; since Cilium 1.15 the agent does not start without',
  judge(node, wishes) {
    const why = noReplacement(node, wishes);
    return why === undefined ? possible(kernelOf(node), 'kube-proxy can be replaced') : blocked(kernelOf(node), `no kube-proxy replacement: ${why}`);
  },
};

const directServerReturn: Item = {
  item: 'DSR',
  wanted: 'loadBalancer.mode=dsr',
  prerequisite: 'kube-proxy replacement; native routing or a Geneve tunnel; no TCP Fast Open',
  rule: 'DSR is refused with a VXLAN tunnel; with Geneve it needs dsrDispatch=geneve; answers to TCP Fast Open are lost',
  judge(node, wishes, fleet) {
    const why = noReplacement(node, wishes);
    if (why !== undefined) return blocked(kernelOf(node), `no kube-proxy replacement: ${why}`);
    if (wishes.routing === 'vxlan') return blocked('VXLAN tunnel', 'Cilium refuses DSR with VXLAN: use native routing, or geneve with loadBalancer.dsrDispatch=geneve');
    const fastOpen = fastOpenOf(node);
    if (fastOpen !== undefined) return blocked(`tuned profile ${fastOpen}`, `${fastOpen} sets net.ipv4.tcp_fastopen=3, and answers to such connections are lost: use network-throughput, or a profile of your own without it`);
    if (wishes.routing === 'geneve') return possible('Geneve tunnel', 'with loadBalancer.dsrDispatch=geneve');
    const routing = noNativeRouting(node, wishes, fleet);
    if (routing !== undefined) return blocked(networkOf(node) ?? 'no address', `no native routing: ${routing}`);
    const strict = node.extra.rpFilter === '1' ? '; net.ipv4.conf.all.rp_filter=1 drops what comes in by one link and goes out by another: set it to 0' : '';
    return possible(kernelOf(node), `with native routing; hybrid mode answers UDP by SNAT${strict}`);
  },
};

const conntrackBypass: Item = {
  item: 'conntrack bypass',
  wanted: 'installNoConntrackIptablesRules=true',
  prerequisite: 'native routing, kube-proxy replacement, eBPF masquerade',
  rule: 'needs native routing and eBPF masquerade; off with CNI chaining',
  judge(node, wishes, fleet) {
    const why = noReplacement(node, wishes) ?? noNativeRouting(node, wishes, fleet);
    return why === undefined ? possible(kernelOf(node), 'pod traffic need not be tracked by iptables') : blocked(kernelOf(node), why);
  },
};

const hostRouting: Item = {
  item: 'BPF host routing',
  wanted: 'bpf.hostLegacyRouting=false',
  prerequisite: 'kernel 5.10, kube-proxy replacement, eBPF masquerade',
  rule: 'kernel 5.10; without a prerequisite the agent falls back to legacy routing and only logs it',
  judge(node, wishes) {
    const why = noHostRouting(node, wishes);
    if (why !== undefined) return blocked(kernelOf(node), why);
    if (wishes.encryption === 'ipsec') return blocked('IPsec', 'with IPsec, masquerade and the replacement it needs a kernel with a fix that cannot be told by its version (Cilium 1.19 notes): set hostLegacyRouting=true');
    return possible(kernelOf(node), 'with bpf.masquerade=true');
  },
};

export const routing: readonly Item[] = [nativeRouting, kubeProxyReplacement, masquerade, directServerReturn, conntrackBypass, hostRouting];
