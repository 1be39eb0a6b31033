import { describe, expect, it } from 'vitest';
import { advise, fleetAdvice, type Row, type Verdict, type WishesInput } from '../../src/advise/index.ts';
import { items } from '../../src/advise/items/index.ts';
import { node, unit } from './nodes.ts';

type Change = NonNullable<Parameters<typeof node>[1]>;

function rowOf(name: string, item: string, wishes: WishesInput = {}, change: Change = {}): Row {
  const row = advise([node(name, change)], wishes).find((one) => one.item === item);
  if (!row) throw new Error(`no item ${item}: ${items.map((one) => one.item).join(', ')}`);
  return row;
}

/** Node, item, verdict, part of the reason; then wishes, and what is otherwise than recorded. */
const table: readonly (readonly [string, string, Verdict, string, WishesInput?, Change?])[] = [
  // Debian 12 in a virtual machine, kernel 6.1, virtio with two queues.
  ['debian12-virtio', 'native routing', 'possible', 'all nodes are neighbours'],
  ['debian12-virtio', 'native routing', 'not applicable', 'tunnel by vxlan', { routing: 'vxlan' }],
  ['debian12-virtio', 'kube-proxy replacement', 'possible', 'all it needs'],
  ['debian12-virtio', 'kube-proxy replacement', 'blocked', 'CONFIG_CGROUP_BPF', {}, { extra: { config: { CGROUP_BPF: 'n' } } }],
  ['debian12-virtio', 'eBPF masquerade', 'possible', 'kube-proxy can be replaced'],
  ['debian12-virtio', 'DSR', 'possible', 'hybrid'],
  ['debian12-virtio', 'DSR', 'blocked', 'refuses DSR with VXLAN', { routing: 'vxlan' }],
  ['debian12-virtio', 'DSR', 'possible', 'dsrDispatch=geneve', { routing: 'geneve' }],
  ['debian12-virtio', 'conntrack bypass', 'possible', 'need not be tracked'],
  ['debian12-virtio', 'conntrack bypass', 'blocked', 'tunnels by geneve', { routing: 'geneve' }],
  ['debian12-virtio', 'BPF host routing', 'possible', 'bpf.masquerade'],
  ['debian12-virtio', 'BPF host routing', 'blocked', 'hostLegacyRouting=true', { encryption: 'ipsec' }],
  ['debian12-virtio', 'BIG TCP IPv4', 'blocked', 'needs kernel 6.3'],
  ['debian12-virtio', 'BIG TCP IPv6', 'not applicable', 'no IPv6 address'],
  ['debian12-virtio', 'netkit', 'blocked', 'needs kernel 6.8'],
  ['debian12-virtio', 'bandwidth manager', 'possible', 'several queues'],
  ['debian12-virtio', 'BBR', 'possible', 'module tcp_bbr is to be loaded'],
  ['debian12-virtio', 'XDP', 'possible', 'two queues for each CPU'],
  ['debian12-virtio', 'map sizes', 'blocked', 'of a small node'],
  ['debian12-virtio', 'jumbo MTU', 'possible', 'path test with packets of 8972 bytes'],
  ['debian12-virtio', 'jumbo MTU', 'ok', 'all nodes have it', { mtu: 1500 }],
  ['debian12-virtio', 'CPU governor', 'not applicable', 'a virtual machine does not choose its clock'],
  ['ubuntu-i219', 'CPU governor', 'not applicable', 'no driver, or the firmware does', {}, { extra: { cpufreq: [] } }],
  ['debian12-virtio', 'irqbalance', 'possible', 'would move pinned interrupts'],
  ['debian12-virtio', 'IRQ pinning', 'possible', 'irqbalance must be stopped'],
  ['debian12-virtio', 'RPS/XPS', 'not applicable', 'the card itself spreads'],
  ['debian12-virtio', 'tuned profile', 'possible', 'package tuned is to be installed'],
  ['debian12-virtio', 'preemption', 'possible', 'switched while the kernel runs'],
  ['debian12-virtio', 'C-states', 'not applicable', 'the host decides', { profile: 'latency' }],
  // The seed's machine: ThinkCentre with an I219-LM, Ubuntu's kernel 6.8.
  ['ubuntu-i219', 'XDP', 'blocked', 'the driver e1000e of eno1 has no native XDP'],
  ['ubuntu-i219', 'IRQ pinning', 'not applicable', 'eno1 (e1000e) has a single queue'],
  ['ubuntu-i219', 'RPS/XPS', 'possible', '12 CPUs can take them'],
  ['ubuntu-i219', 'irqbalance', 'not applicable', 'single queue'],
  ['ubuntu-i219', 'BIG TCP IPv4', 'blocked', 'e1000e is not one of mlx4, mlx5 and ice'],
  ['ubuntu-i219', 'netkit', 'possible', 'after a drain'],
  ['ubuntu-i219', 'netkit', 'blocked', '1.16 is the first', { cilium: '1.15.19' }],
  ['ubuntu-i219', 'DSR', 'blocked', 'network-latency sets net.ipv4.tcp_fastopen=3'],
  ['ubuntu-i219', 'tuned profile', 'ok', 'daemon runs', { profile: 'latency' }],
  ['ubuntu-i219', 'tuned profile', 'possible', 'another profile is chosen', { profile: 'throughput' }],
  ['ubuntu-i219', 'CPU governor', 'possible', 'the driver offers it'],
  ['ubuntu-i219', 'C-states', 'ok', 'keeps CPUs awake', { profile: 'latency' }],
  ['ubuntu-i219', 'C-states', 'not applicable', 'CPUs may sleep', { profile: 'throughput' }],
  ['ubuntu-i219', 'bandwidth manager', 'possible', 'single queue, whose lock all CPUs share'],
  ['ubuntu-i219', 'map sizes', 'possible', 'bpf.distributedLRU.enabled=true', { cilium: '1.18' }],
  // Bare metal with a ConnectX at 100 Gbit/s.
  ['ubuntu-mlx5', 'BIG TCP IPv4', 'possible', 'made anew'],
  ['ubuntu-mlx5', 'BIG TCP IPv6', 'possible', 'made anew'],
  ['ubuntu-mlx5', 'BIG TCP IPv4', 'blocked', 'tunnels by vxlan', { routing: 'vxlan' }],
  ['ubuntu-mlx5', 'BIG TCP IPv6', 'blocked', 'not together with encryption', { encryption: 'wireguard' }],
  ['ubuntu-mlx5', 'BIG TCP IPv4', 'blocked', '1.14 is the first', { cilium: '1.13.4' }],
  ['ubuntu-mlx5', 'XDP', 'possible', 'one node after the other'],
  ['ubuntu-mlx5', 'XDP', 'possible', 'an MTU of 9000 may be too large'],
  ['ubuntu-mlx5', 'IRQ pinning', 'ok', 'every interrupt is on one CPU'],
  ['ubuntu-mlx5', 'irqbalance', 'ok', 'moves nothing'],
  ['ubuntu-mlx5', 'CPU governor', 'ok', 'all CPUs have it'],
  ['ubuntu-mlx5', 'preemption', 'ok', 'in force'],
  ['ubuntu-mlx5', 'preemption', 'possible', 'switched while the kernel runs', { profile: 'latency' }],
  ['ubuntu-mlx5', 'tuned profile', 'ok', 'daemon runs'],
  ['ubuntu-mlx5', 'jumbo MTU', 'ok', 'all nodes have it'],
  ['ubuntu-mlx5', 'BBR', 'possible', 'the kernel offers it'],
  // Raspberry Pi 5: macb, one queue, preemption fixed at build.
  ['raspberry-pi5', 'XDP', 'blocked', 'the driver macb'],
  ['raspberry-pi5', 'RPS/XPS', 'ok', 'handed on already'],
  ['raspberry-pi5', 'IRQ pinning', 'not applicable', 'macb'],
  ['raspberry-pi5', 'preemption', 'blocked', 'without CONFIG_PREEMPT_DYNAMIC'],
  ['raspberry-pi5', 'preemption', 'ok', 'built so', { profile: 'latency' }],
  ['raspberry-pi5', 'netkit', 'blocked', 'without CONFIG_NETKIT', {}, { facts: { kernel: { release: '6.12.34+rpt-rpi-2712', version: [6, 12, 34], config: null, cmdline: '' } } }],
  ['raspberry-pi5', 'CPU governor', 'possible', 'the driver offers it'],
  ['raspberry-pi5', 'kube-proxy replacement', 'possible', 'all it needs'],
  // RHEL 9: kernel 5.14 with a bond of two bnxt cards.
  ['rhel9-bnxt', 'kube-proxy replacement', 'possible', 'all it needs'],
  ['rhel9-bnxt', 'DSR', 'possible', 'rp_filter=1', {}, { extra: { rpFilter: '1' } }],
  ['rhel9-bnxt', 'XDP', 'blocked', 'XDP on a bond needs kernel 5.15'],
  ['rhel9-bnxt', 'BBR', 'blocked', 'bbrHostNamespaceOnly'],
  ['rhel9-bnxt', 'BIG TCP IPv4', 'blocked', 'needs kernel 6.3'],
  ['rhel9-bnxt', 'IRQ pinning', 'blocked', 'the kernel manages its interrupts'],
  ['rhel9-bnxt', 'tuned profile', 'possible', 'the daemon does not run'],
  ['rhel9-bnxt', 'CPU governor', 'blocked', 'intel_cpufreq does not offer performance'],
  ['rhel9-bnxt', 'BPF host routing', 'possible', 'bpf.masquerade'],
  // Kernel 7.0 with an igc card.
  ['fedora-seven', 'preemption', 'possible', 'kernels from 7.0 on refuse none and voluntary'],
  ['fedora-seven', 'preemption', 'ok', 'in force', { profile: 'latency' }],
  ['fedora-seven', 'XDP', 'possible', 'the driver runs XDP itself'],
  ['fedora-seven', 'XDP', 'blocked', 'is a VLAN', {}, { facts: { defaultRoute: { gateway: '192.168.20.1', nic: 'enp3s0.20' } } }],
  ['fedora-seven', 'netkit', 'possible', 'after a drain'],
  ['fedora-seven', 'netkit', 'possible', 'cannot be seen', {}, { extra: { config: {} } }],
  ['fedora-seven', 'C-states', 'possible', 'network-latency', { profile: 'latency' }],
  ['fedora-seven', 'IRQ pinning', 'possible', 'enp3s0 has 4 queues'],
  // A container: its kernel is not its own to tune.
  ['lab-node', 'tuned profile', 'not applicable', "a container's kernel"],
  ['lab-node', 'preemption', 'not applicable', "a container's kernel"],
  ['lab-node', 'IRQ pinning', 'not applicable', "a container's interrupts"],
];

describe('advice', () => {
  it.each(table.map(([name, item, verdict, reason, wishes, change]) => ({ name, item, verdict, reason, wishes, change })))('$name: $item is $verdict, for $reason', ({ name, item, verdict, reason, wishes, change }) => {
    const row = rowOf(name, item, wishes, change);
    expect({ verdict: row.verdict, reason: row.reason }).toEqual({ verdict, reason: expect.stringContaining(reason) });
  });

  it('says of every item and node what is wanted, what was found, the prerequisite, the reason and the rule', () => {
    const fleet = ['debian12-virtio', 'ubuntu-i219', 'ubuntu-mlx5', 'raspberry-pi5', 'rhel9-bnxt', 'fedora-seven', 'lab-node'].map((name) => node(name));
    const rows = advise(fleet);
    expect(rows).toHaveLength(items.length * fleet.length);
    for (const row of rows) for (const [key, text] of Object.entries(row)) expect(text, `${row.item} on ${row.node}: ${key}`).toMatch(/\S/);
  });

  it('takes what could not be read for no reason to say no', () => {
    const { facts } = node('ubuntu-mlx5');
    const blind = { cpufreq: undefined, preempt: undefined, idleDriver: undefined, interrupts: undefined, tuned: undefined, tunedProfile: undefined, irqbalance: undefined, congestion: undefined, rpFilter: undefined, maxMtu: undefined };
    const rows = advise([{ name: 'blind', facts, extra: { config: {}, ...blind } }]);
    expect(rows.filter(({ verdict }) => verdict === 'blocked')).toEqual([]);
  });

  it('counts versions by number: RHEL 8.10 is later than 8.6', () => {
    const rhel8 = (version: string) => ({ facts: { os: { id: 'rhel', like: ['fedora'], version, codename: '', pretty: '' }, kernel: { release: '4.18.0-553.el8_10.x86_64', version: [4, 18, 0] as [number, number, number], config: null, cmdline: '' } } });
    expect(rowOf('rhel9-bnxt', 'kube-proxy replacement', { cilium: '1.19' }, rhel8('8.10')).verdict).toBe('possible');
    expect(rowOf('rhel9-bnxt', 'kube-proxy replacement', { cilium: '1.19' }, rhel8('8.6')).verdict).toBe('blocked');
    expect(rowOf('rhel9-bnxt', 'kube-proxy replacement', { cilium: '1.18' }, rhel8('8.6')).verdict).toBe('possible');
  });

  it('refuses wishes that make no sense', () => {
    expect(() => advise([node('lab-node')], { cilium: 'latest' })).toThrow('must be a version such as 1.19');
  });
});

describe('advice for a fleet', () => {
  const addressed = (name: string, address: string, mtu = 1500) => {
    const { facts, extra } = node('ubuntu-mlx5');
    return { name, facts: { ...facts, nics: facts.nics.map((nic) => ({ ...nic, mtu, addresses: [address] })) }, extra };
  };
  const row = (rows: readonly Row[], item: string, name: string) => rows.find((one) => one.item === item && one.node === name);

  it('routes natively only between neighbours, unless routers know the pods', () => {
    const nodes = [addressed('a', '10.0.0.1/24'), addressed('b', '10.0.1.1/24')];
    expect(row(advise(nodes), 'native routing', 'a')).toMatchObject({ verdict: 'blocked', reason: expect.stringContaining('b is in 10.0.1.0/24, this node in 10.0.0.0/24') });
    expect(row(advise(nodes), 'DSR', 'a')?.verdict).toBe('blocked');
    expect(row(advise(nodes, { routes: 'external' }), 'native routing', 'a')?.verdict).toBe('possible');
    expect(row(advise([addressed('a', '10.0.0.1/23'), addressed('b', '10.0.1.1/23')]), 'native routing', 'b')?.verdict).toBe('possible');
  });

  it('wants one MTU for all: the weakest decides', () => {
    const uneven = [addressed('a', '10.0.0.1/24', 9000), addressed('b', '10.0.0.2/24', 1500)];
    expect(row(advise(uneven), 'jumbo MTU', 'a')).toMatchObject({ verdict: 'possible', reason: 'b has 1500: large packets to it are lost' });
    const weak = [addressed('a', '10.0.0.1/24'), { ...addressed('b', '10.0.0.2/24'), extra: { ...node('ubuntu-mlx5').extra, maxMtu: 3000 } }];
    expect(advise(weak).filter(({ item }) => item === 'jumbo MTU').map(({ verdict }) => verdict)).toEqual(['blocked', 'blocked']);
  });

  it('sums up what every node can have, and who stands in the way', () => {
    const fleet = new Map(fleetAdvice(advise([node('ubuntu-mlx5'), node('fedora-seven', { extra: { irqbalance: unit('active') } }), node('lab-node')], { routes: 'external' })).map((one) => [one.item, one]));
    expect(fleet.get('kube-proxy replacement')).toMatchObject({ verdict: 'possible', blockedBy: [] });
    expect(fleet.get('BIG TCP IPv4')).toMatchObject({ verdict: 'blocked', blockedBy: ['fedora-seven', 'lab-node'], reason: expect.stringContaining('fedora-seven: the driver igc') });
    expect(fleet.get('irqbalance')).toMatchObject({ verdict: 'possible', reason: expect.stringContaining('moves pinned interrupts'.replace('moves', 'would move')) });
    expect(fleet.get('IRQ pinning')?.verdict).toBe('possible');
    expect(fleetAdvice(advise([node('lab-node')])).find(({ item }) => item === 'preemption')?.verdict).toBe('not applicable');
  });
});
