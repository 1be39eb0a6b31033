import { setTimeout as sleep } from 'node:timers/promises';
import { labError } from '../../../src/lab/fail.ts';
import type { Machine } from '../topology.ts';
import { nothingChanges } from './converge.ts';
import { insideMust } from './inside.ts';
import type { Lane } from './lane.ts';
import { writeLayer } from './layer.ts';
import { expectRun, plinth } from './plinth.ts';
import { onNode, vagrant } from './vagrant.ts';

/** How machines with a kernel of their own are tuned here: with an argument of the kernel among it. */
export const machineTuning = { profile: 'throughput', preemption: 'full', preemptionAtBoot: true } as const;

/** Boots with other arguments, and sees by other means than Plinth's that all of it is in force afterwards. */
export async function reboots(lane: Lane, cards: ReadonlyMap<string, string>): Promise<void> {
  const { plinth: how, steps, machines } = lane;
  const before = await askAll(lane, 'cat /proc/sys/kernel/random/boot_id');
  await steps.step('kernel arguments, a real restart, and the way back in', async () => {
    const run = await plinth(how, 'apply', 'test/vagrant/playbooks/boot.ts');
    expectRun('the machines did not come back with other arguments', run, run.end.ok && run.end.changed === 2 * machines.length);
  });
  await nothingChanges(how, steps, 'test/vagrant/playbooks/boot.ts');
  await steps.step('after the restart all of it is in force', async () => {
    const after = await askAll(lane, 'cat /proc/sys/kernel/random/boot_id');
    for (const [name, id] of before) if (after.get(name) === id) throw labError(`${name} has not been restarted`);
    for (const machine of machines) await inForce(lane, machine, cards.get(machine.name) ?? '');
  });
  await nothingChanges(how, steps, 'playbooks/prepare.ts', 'after the restart');
  await nothingChanges(how, steps, 'playbooks/tune.ts', 'after the restart');
}

/** What the kernel says for itself. */
async function inForce({ here, sshConfig }: Lane, { name, queues, cpus }: Machine, card: string): Promise<void> {
  const spread = Math.min(queues, cpus) > 1;
  const checks = [
    'for word in transparent_hugepage=madvise preempt=full; do grep -qw "$word" /proc/cmdline || { echo "the kernel was not started with $word"; exit 1; }; done',
    'grep -q "\\[madvise\\]" /sys/kernel/mm/transparent_hugepage/enabled || { echo "huge pages are not as asked for"; exit 1; }',
    'for module in overlay br_netfilter; do grep -q "^$module " /proc/modules || { echo "$module is not loaded"; exit 1; }; done',
    '[ "$(cat /proc/sys/net/ipv4/ip_forward)" = 1 ] || { echo "packets are not forwarded"; exit 1; }',
    '[ "$(cat /proc/sys/net/bridge/bridge-nf-call-iptables)" = 1 ] || { echo "bridged packets pass iptables by"; exit 1; }',
    'grep -q throughput /etc/tuned/active_profile || { echo "tuned has another profile"; exit 1; }',
    '[ "$(systemctl is-active tuned)" = active ] || { echo "tuned does not run"; exit 1; }',
    // One queue has one interrupt; of several, each pair is on a CPU of its own.
    spread
      ? `[ "$(for irq in $(grep -E "$(basename "$(readlink /sys/class/net/${card}/device)")-(input|output)" /proc/interrupts | cut -d: -f1); do cat /proc/irq/$irq/smp_affinity_list; done | sort -u | wc -l)" -gt 1 ] || { echo "all interrupts of ${card} are on one CPU"; grep virtio /proc/interrupts; exit 1; }`
      : 'true',
  ];
  const { code, stdout, stderr } = await onNode(here, sshConfig, name, checks.join('\n'));
  if (code !== 0) throw labError(`${name} is not as it should be after the restart`, { detail: `${stdout}${stderr}` });
}

/** A larger MTU: taken back where the network does not carry it, kept where it does. */
export async function mtuPath(lane: Lane, cards: ReadonlyMap<string, string>): Promise<void> {
  const { plinth: how, steps, machines, here, sshConfig } = lane;
  const [first, second] = machines;
  if (!first || !second) return steps.note('left out: the test of the MTU between nodes, since there is one');
  await writeLayer(lane, cards, { ...machineTuning, mtu: 9000 });
  await steps.step('an MTU of 9000 is taken back: the network carries 1500', async () => {
    const run = await plinth(how, 'apply', 'playbooks/tune.ts');
    expectRun('a path that does not carry packets of 9000 bytes was taken for one', run, !run.end.ok && run.results.some(({ host, module, status }) => host === second.name && module === 'mtu' && status === 'failed'));
    const { stdout } = await onNode(here, sshConfig, second.name, `cat /sys/class/net/${cards.get(second.name)}/mtu`);
    if (stdout.trim() !== '1500') throw labError(`${second.name} kept an MTU that does not reach its peer`, { detail: stdout });
  });
  await steps.step('and kept as soon as it does', async () => {
    await widen(lane);
    const run = await plinth(how, 'apply', 'playbooks/tune.ts');
    expectRun('the MTU was not raised', run, run.end.ok);
    const { code, stdout } = await onNode(here, sshConfig, first.name, machines.slice(1).map(({ address }) => `ping -c 1 -W 10 -M do -s 8972 ${address}`).join('\n'));
    if (code !== 0) throw labError('packets of 9000 bytes do not reach the other nodes', { detail: stdout });
  });
  await nothingChanges(how, steps, 'playbooks/tune.ts');
}

/** The private network carries large packets from now on: its bridge, and the taps of the machines. */
async function widen({ here, topology }: Lane): Promise<void> {
  const xml = await insideMust(here, 'look at the private network', 'virsh', ['virsh', 'net-dumpxml', `plinth-${topology}`]);
  const bridge = /<bridge name='([^']+)'/.exec(xml)?.[1] ?? '';
  const taps = [...(await insideMust(here, 'look at the bridge', 'ip', ['ip', '-o', 'link', 'show', 'master', bridge])).matchAll(/^\d+: ([^:@]+)/gm)].map(([, name = '']) => name);
  for (const link of [...taps, bridge]) await insideMust(here, `widen ${link}`, 'ip', ['ip', 'link', 'set', 'dev', link, 'mtu', '9000']);
}

/** Snapshots with all that is in memory: what came after is gone, and Plinth finds nothing to do. */
export async function snapshots(lane: Lane): Promise<void> {
  const { plinth: how, steps, here } = lane;
  await steps.step('vagrant snapshot save', () => vagrant(here, 'make a snapshot', ['snapshot', 'save', 'prepared']));
  await askAll(lane, 'touch /root/after; sysctl -qw net.ipv4.ip_forward=0; rm -f /etc/sysctl.d/90-kubernetes.conf');
  await steps.step('vagrant snapshot restore', async () => {
    await vagrant(here, 'go back to the snapshot', ['snapshot', 'restore', '--no-provision', 'prepared']);
    // Vagrant sets the network up anew, and the machine may still be asking for its address.
    for (const { name } of lane.machines) await answers(lane, name);
    // Memory came back with the clock in it.
    await askAll(lane, `date -s @${Math.round(Date.now() / 1000)} >/dev/null; [ ! -e /root/after ]`);
  });
  await nothingChanges(how, steps, 'playbooks/prepare.ts', 'after the restore');
}

/** Waits until a machine lets us in, for five minutes at most; who asks next tells what is wrong. */
async function answers({ here, sshConfig }: Lane, name: string): Promise<void> {
  for (const end = Date.now() + 300_000; Date.now() < end; await sleep(2_000)) if ((await onNode(here, sshConfig, name, 'true', 60_000)).code === 0) return;
}

async function askAll({ here, sshConfig, machines }: Lane, script: string): Promise<ReadonlyMap<string, string>> {
  const answers = await Promise.all(
    machines.map(async ({ name }): Promise<[string, string]> => {
      const { code, stdout, stderr } = await onNode(here, sshConfig, name, script, 300_000);
      if (code !== 0) throw labError(`${name} does not answer as it should`, { detail: `${script}\n${stdout}${stderr}` });
      return [name, stdout.trim()];
    }),
  );
  return new Map(answers);
}
