import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Module } from '../../src/contract/index.ts';
import { modules } from '../../src/modules/catalog.ts';
import type { EventOf } from '../../src/report/event.ts';
import { readCases } from '../../src/testing/index.ts';
import { runToy } from '../engine/run-toy.ts';
import { toyNode } from '../engine/toy-node.ts';

/** Something that is wrong on a node before anything is done, told by a case of a module. Cluster specs: test/cluster. */
interface Row {
  /** Its number in the domain notes, or what it is. */
  readonly trap: string;
  /** `area/module/case`. */
  readonly by: string;
  readonly reason: RegExp;
  readonly evidence: RegExp;
  readonly wayOut: RegExp;
}

const refused: readonly Row[] = [
  { trap: '28: cgroups of version 1', by: 'kernel/kernelCheck/cgroup-v1', reason: /cgroup v2/, evidence: /hybrid/, wayOut: /unified_cgroup_hierarchy=1/ },
  { trap: '29: a containerd of another time', by: 'runtime/containerd/too-old', reason: /1\.2\.13 is too old/, evidence: /version 1/, wayOut: /1\.6 or newer/ },
  { trap: '29: a runc with known holes', by: 'runtime/runc/too-old', reason: /runc 1\.1\.5/, evidence: /wanted/, wayOut: /Upgrade its package/ },
  { trap: '31: strict rp_filter comes back at boot', by: 'kernel/sysctl/rp-filter', reason: /99-hardening\.conf:7 wins/, evidence: /rp_filter = 1/, wayOut: /Remove that line/ },
  { trap: '30: another file has the last word', by: 'kernel/sysctl/later-file-wins', reason: /wins over/, evidence: /is wanted/, wayOut: /file name that sorts after/ },
  { trap: 'a misspelt kernel parameter', by: 'kernel/sysctl/misspelt-key', reason: /vm\.swapiness/, evidence: /\/proc\/sys\/vm\/swapiness/, wayOut: /spelling/ },
  { trap: 'a parameter whose module is not there', by: 'kernel/sysctl/no-such-module', reason: /no module br_netfilter/, evidence: /neither loaded/, wayOut: /modules of this kernel/ },
  { trap: '35: NFS over a service, kernel below 6.6', by: 'kernel/kernelCheck/nfs', reason: /6\.6 or newer/, evidence: /6\.1\.0/, wayOut: /Upgrade the kernel/ },
  { trap: 'a kernel older than Cilium takes', by: 'kernel/kernelCheck/too-old', reason: /not fit/, evidence: /5\.9\.16/, wayOut: /Upgrade the kernel/ },
  { trap: 'a kernel built without BPF', by: 'kernel/kernelCheck/config-missing', reason: /CONFIG_/, evidence: /wanted/, wayOut: /standard kernel/ },
  { trap: 'modules that a Raspberry Pi lacks', by: 'kernel/kernelModules/missing', reason: /has no module/, evidence: /neither loaded/, wayOut: /linux-modules-extra-raspi/ },
  { trap: 'a kernel upgraded and not yet booted', by: 'kernel/kernelModules/no-modules-on-disk', reason: /has no module/, evidence: /kernel/, wayOut: /reboot/ },
  { trap: 'no file system for BPF', by: 'kernel/kernelCheck/no-bpffs', reason: /BPF file system/, evidence: /none is mounted/, wayOut: /fstab/ },
  { trap: '36: TCP Fast Open with direct server return', by: 'tuning/tuned/dsr', reason: /Fast Open/, evidence: /tcp_fastopen=3/, wayOut: /network-throughput/ },
  { trap: 'two daemons for one clock rate', by: 'tuning/tuned/rival', reason: /power-profiles-daemon/, evidence: /end each other/, wayOut: /Stop and mask/ },
  { trap: 'a profile that tuned does not have', by: 'tuning/tuned/unknown', reason: /network-speed/, evidence: /no tuned\.conf/, wayOut: /tuned-adm list/ },
  { trap: 'a governor set by two', by: 'tuning/cpuGovernor/two-masters', reason: /tuned runs/, evidence: /two would set/, wayOut: /persist: 'tuned'/ },
  { trap: 'the clock of a virtual machine', by: 'tuning/cpuGovernor/vm', reason: /not chosen on this node/, evidence: /cpufreq/, wayOut: /whereMissing: 'skip'/ },
  { trap: '47: more queues than CPUs', by: 'tuning/irqAffinity/one-to-one', reason: /enp1s0 has 3 queues and the node 2 CPUs/, evidence: /mlx5_comp2/, wayOut: /combined: 2/ },
  { trap: '47: queues for a card with one', by: 'tuning/nic/too-many', reason: /cannot do/, evidence: /the driver has none/, wayOut: /whereMissing: 'skip'/ },
  { trap: 'an offload that the driver does not let go of', by: 'tuning/nic/fixed', reason: /cannot do/, evidence: /fixed off/, wayOut: /ethtool/ },
  { trap: 'irqbalance moves what is pinned', by: 'tuning/irqAffinity/irqbalance', reason: /irqbalance runs/, evidence: /active/, wayOut: /Stop it/ },
  { trap: '48: preempt=none on kernel 7', by: 'tuning/preemption/seven', reason: /no preemption mode/, evidence: /from 7\.0 on/, wayOut: /lazy/ },
  { trap: 'preemption that cannot be switched', by: 'tuning/preemption/fixed', reason: /cannot be switched/, evidence: /CONFIG_PREEMPT_DYNAMIC is n/, wayOut: /debugfs/ },
  { trap: '12, 14: an MTU above what the driver carries', by: 'tuning/mtu/too-large', reason: /cannot have an MTU/, evidence: /3498/, wayOut: /smaller one for all nodes/ },
  { trap: 'a link that is not there', by: 'tuning/mtu/no-link', reason: /no link eth7/, evidence: /\/sys\/class\/net\/eth7/, wayOut: /plinth facts/ },
  { trap: 'BBR on a kernel without', by: 'tuning/bbr/no-bbr', reason: /no BBR/, evidence: /it offers/, wayOut: /CONFIG_TCP_CONG_BBR/ },
  { trap: '52: a held package in the way of an upgrade', by: 'packages/packages/held', reason: /kubelet is held/, evidence: /is wanted/, wayOut: /hold: true/ },
  { trap: '52: the old repository beside the new one', by: 'packages/packageRepository/rival', reason: /kubernetes/, evidence: /./, wayOut: /replaces:/ },
  { trap: 'a name that points elsewhere', by: 'system/hosts/conflict', reason: /./, evidence: /192\.0\.2\.7/, wayOut: /./ },
  { trap: 'sshd without us', by: 'host/sshd/left-out', reason: /allowUsers leaves out admin/, evidence: /./, wayOut: /./ },
  { trap: 'sshd without a key and without passwords', by: 'host/sshd/no-key', reason: /nothing would let admin in/, evidence: /no key/, wayOut: /authorizedKeys/ },
  { trap: 'the last key taken away', by: 'system/authorizedKeys/last-key', reason: /last key of admin/, evidence: /./, wayOut: /./ },
  { trap: 'two firewalls', by: 'host/firewall/rival', reason: /ufw is in force/, evidence: /two firewalls/, wayOut: /backend: 'ufw'/ },
  { trap: 'a unit that somebody masked', by: 'system/service/is-masked', reason: /chrony\.service is masked/, evidence: /systemd/, wayOut: /masked: false/ },
];

/** A module that meets the node of one of its cases, by whatever it reads. */
function met({ by }: Row): { readonly module: Module; readonly args: unknown } {
  const [area = '', name = '', file = ''] = by.split('/');
  const found = modules.find(({ folder }) => folder === `${area}/${name}`);
  const one = readCases(fileURLToPath(new URL(`../../src/modules/${area}/${name}`, import.meta.url))).find((one) => one.file === `cases/${file}.yaml`);
  if (!found || !one) throw new Error(`there is no case ${by}`);
  const module: Module = found.of;
  const blank = (args: unknown) => Object.fromEntries(Object.keys(module.observe(args)).map((reading) => [reading, undefined]));
  return { module: { ...module, observe: () => ({}), plan: (args) => module.plan(args, { ...blank(args), ...one.observed }) }, args: one.args };
}

describe('what is wrong is refused before anything is changed', () => {
  it.each(refused)('$trap', async (row) => {
    const { module, args } = met(row);
    const node = toyNode();
    const { end, events } = await runToy({ a: node }, ({ play, groups }) => play('Try', groups.all, ({ task }) => void task('it', module, args)), { mode: 'plan' });
    const [result] = events.filter((event): event is EventOf<'taskResult'> => event.type === 'taskResult');
    expect(end).toMatchObject({ ok: false, failed: 1, pending: 0 });
    expect(result?.status).toBe('failed');
    expect(result?.error?.summary).toMatch(row.reason);
    expect(result?.error?.detail).toMatch(row.evidence);
    expect(result?.error?.hint).toMatch(row.wayOut);
    expect(node.effects).toBe(0);
  });
});
