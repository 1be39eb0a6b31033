import { noHostRouting, noReplacement } from '../base.ts';
import { cardsBehind, mainNic } from '../node.ts';
import { blocked, type Item, possible } from '../row.ts';
import { hasCilium, hasKernel, kernelOf } from '../versions.ts';

const netkit: Item = {
  item: 'netkit',
  wanted: 'bpf.datapathMode=netkit',
  prerequisite: 'kernel 6.8 with CONFIG_NETKIT, Cilium 1.16, BPF host routing',
  rule: 'kernel 6.8, CONFIG_NETKIT, Cilium 1.16; not with bpf.tproxy; nodes are drained for the change',
  judge(node, wishes) {
    const config = node.extra.config['NETKIT'];
    const found = `${kernelOf(node)}, CONFIG_NETKIT ${config ?? 'not known'}`;
    if (!hasKernel(node, '6.8')) return blocked(found, `it needs kernel 6.8, and this is ${node.facts.kernel.release}`);
    if (config === 'n') return blocked(found, 'the kernel was built without CONFIG_NETKIT');
    if (!hasCilium(wishes, '1.16')) return blocked(found, `Cilium ${wishes.cilium} does not know it; 1.16 is the first`);
    const why = noHostRouting(node, wishes);
    if (why !== undefined) return blocked(found, why);
    return possible(found, config === undefined ? 'should the kernel have been built with CONFIG_NETKIT, which cannot be seen' : 'for new nodes, or after a drain: pods that run keep their veth');
  },
};

const bandwidthManager: Item = {
  item: 'bandwidth manager',
  wanted: 'bandwidthManager.enabled=true',
  prerequisite: 'kernel 5.1 with the fq queueing discipline',
  rule: 'kernel 5.1, CONFIG_NET_SCH_FQ; best on cards with several queues; it sets qdisc and backlog parameters itself',
  judge(node, wishes) {
    const nic = mainNic(node.facts);
    const queues = nic ? Math.max(0, ...cardsBehind(nic, node.facts.nics).map(({ txQueues }) => txQueues)) : 0;
    const found = `${kernelOf(node)}, ${queues} send ${queues === 1 ? 'queue' : 'queues'}`;
    const why = noReplacement(node, wishes);
    if (why !== undefined) return blocked(found, why);
    if (!hasKernel(node, '5.1')) return blocked(found, `it needs kernel 5.1, and this is ${node.facts.kernel.release}`);
    if (node.extra.config['NET_SCH_FQ'] === 'n') return blocked(found, 'the kernel was built without CONFIG_NET_SCH_FQ');
    return possible(found, queues <= 1 ? 'though the card sends by a single queue, whose lock all CPUs share' : 'the card sends by several queues');
  },
};

const bbr: Item = {
  item: 'BBR',
  wanted: 'bandwidthManager.bbr=true',
  prerequisite: 'kernel 5.18, bandwidth manager, BPF host routing',
  rule: 'for pods kernel 5.18 and BPF host routing; Cilium 1.18 can limit it to the host (bbrHostNamespaceOnly)',
  judge(node, wishes) {
    const { congestion, config } = node.extra;
    const found = `${kernelOf(node)}, ${congestion === undefined ? 'algorithms not known' : congestion}`;
    if (!hasKernel(node, '5.18')) return blocked(found, `pods keep their timestamps only from kernel 5.18 on, and this is ${node.facts.kernel.release}${hasCilium(wishes, '1.18') ? '; bbrHostNamespaceOnly would do for the host' : ''}`);
    const isOffered = (congestion ?? '').split(' ').includes('bbr');
    if (!isOffered && config['TCP_CONG_BBR'] === 'n') return blocked(found, 'the kernel was built without CONFIG_TCP_CONG_BBR');
    if (config['NET_SCH_FQ'] === 'n') return blocked(found, 'no bandwidth manager: the kernel was built without CONFIG_NET_SCH_FQ');
    const why = noHostRouting(node, wishes) ?? (wishes.encryption === 'ipsec' ? 'with IPsec there is no BPF host routing' : undefined);
    if (why !== undefined) return blocked(found, why);
    return possible(found, isOffered ? 'the kernel offers it' : 'the module tcp_bbr is to be loaded');
  },
};

const mapSizes: Item = {
  item: 'map sizes',
  wanted: 'bpf.mapDynamicSizeRatio=0.08',
  prerequisite: 'memory for maps, in proportion to that of the node',
  rule: 'the default 0.0025 suits small clusters; 0.08 takes up to 8 % of the memory; from Cilium 1.17 on with bpf.distributedLRU.enabled; a change makes the maps anew and cuts connections',
  judge(node, wishes) {
    const found = `${(node.facts.memoryMiB / 1024).toFixed(1)} GiB`;
    const share = Math.round(node.facts.memoryMiB * 0.08);
    if (node.facts.memoryMiB < 4096) return blocked(found, `it would take up to ${share} MiB of a small node: keep the default, or set single maps`);
    return possible(found, `up to ${share} MiB${hasCilium(wishes, '1.17') ? ', with bpf.distributedLRU.enabled=true' : ''}`);
  },
};

export const datapath: readonly Item[] = [netkit, bandwidthManager, bbr, mapSizes];
