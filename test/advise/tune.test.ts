import { describe, expect, it } from 'vitest';
import { fleet } from '../../inventory/schema.ts';
import tune from '../../playbooks/tune.ts';
import untune from '../../playbooks/untune.ts';
import type { Facts } from '../../src/contract/index.ts';
import { recorded } from './nodes.ts';

const hosts = ['a', 'b', 'c'];

/** The tasks of a play for a host that turns out to be such a node, with their arguments. */
function tasksOn(playbook: typeof tune, play: number, host: string, facts: Facts, tuning: object = {}): Map<string, unknown> {
  const of = (name: string, i: number) => ({ name, groups: [], vars: fleet.shared.parse({ nodeIp: `10.0.0.${i + 1}`, tuning }) });
  const program = playbook.build({ hosts: hosts.map(of), groups: { controlPlane: [], workers: [] } });
  return new Map(program.plays[play]?.evaluate(host, facts).tasks.map((task) => [task.name, task.args]));
}

describe('tune.ts', () => {
  it('pins interrupts of a card with several queues, and stops irqbalance for it', () => {
    const tasks = tasksOn(tune, 0, 'a', recorded('ubuntu-mlx5'), { profile: 'throughput' });
    expect([...tasks.keys()]).toEqual(['tools', 'profile of tuned', 'CPU governor', 'queues and rings of enp65s0f0np0', 'irqbalance does not interfere', 'interrupts of enp65s0f0np0', 'preemption']);
    expect(tasks.get('profile of tuned')).toMatchObject({ profile: 'network-throughput' });
    expect(tasks.get('CPU governor')).toMatchObject({ governor: 'performance', persist: 'tuned' });
    expect(tasks.get('preemption')).toMatchObject({ mode: 'none', bootParameter: false });
  });

  it('hands packets of an I219-LM on, and leaves irqbalance alone', () => {
    const tasks = tasksOn(tune, 0, 'a', recorded('ubuntu-i219'));
    expect(tasks.has('irqbalance does not interfere')).toBe(false);
    expect(tasks.get('interrupts of eno1')).toMatchObject({ nic: 'eno1', irqbalance: 'accept' });
    expect(tasks.has('preemption')).toBe(false);
  });

  it('tunes the cards behind a bond', () => {
    const tasks = tasksOn(tune, 0, 'a', recorded('rhel9-bnxt'));
    expect([...tasks.keys()].filter((name) => name.startsWith('interrupts'))).toEqual(['interrupts of ens1f0', 'interrupts of ens1f1']);
  });

  it('asks a kernel 7.0 for lazy, an older one for none', () => {
    expect(tasksOn(tune, 0, 'a', recorded('fedora-seven'), { profile: 'throughput' }).get('preemption')).toMatchObject({ mode: 'lazy' });
    expect(tasksOn(tune, 0, 'a', recorded('debian12-virtio'), { profile: 'throughput' }).get('preemption')).toMatchObject({ mode: 'none' });
    expect(tasksOn(tune, 0, 'a', recorded('debian12-virtio'), { profile: 'latency' }).get('preemption')).toMatchObject({ mode: 'full' });
  });

  it('has a latency profile without TCP Fast Open for direct server return', () => {
    const tasks = tasksOn(tune, 0, 'a', recorded('ubuntu-i219'), { profile: 'latency', dsr: true });
    expect(tasks.get('profile of tuned')).toMatchObject({ profile: 'plinth-latency', dsr: true, custom: { include: 'network-latency', sections: { sysctl: { 'net.ipv4.tcp_fastopen': 1 } } } });
    expect(tasksOn(tune, 0, 'a', recorded('ubuntu-i219'), { profile: 'latency' }).get('profile of tuned')).toMatchObject({ profile: 'network-latency' });
  });

  it('leaves to a virtual machine what is its host\'s, and to a container almost everything', () => {
    expect(tasksOn(tune, 0, 'a', recorded('debian12-virtio')).has('CPU governor')).toBe(false);
    expect([...tasksOn(tune, 0, 'a', recorded('lab-node'), { profile: 'throughput' }).keys()]).toEqual(['tools', 'interrupts of eth0']);
  });

  it('tries the MTU of each node against those before it, so every pair once', () => {
    const peers = hosts.map((host) => tasksOn(tune, 1, host, recorded('ubuntu-mlx5'), { mtu: 9000 }).get('MTU of enp65s0f0np0'));
    expect(peers).toMatchObject([{ peers: [] }, { peers: ['10.0.0.1'] }, { peers: ['10.0.0.1', '10.0.0.2'] }]);
    expect(tasksOn(tune, 1, 'a', recorded('ubuntu-mlx5')).size).toBe(0);
  });
});

it('untune.ts takes back whatever tune.ts may have done', () => {
  for (const name of ['ubuntu-mlx5', 'rhel9-bnxt', 'lab-node', 'fedora-seven']) {
    const facts = recorded(name);
    const done = ['latency', 'throughput'].flatMap((profile) => [0, 1].flatMap((play) => [...tasksOn(tune, play, 'a', facts, { profile, bbr: true, mtu: 9000 }).entries()]));
    const undone = [...tasksOn(untune, 0, 'a', facts).values()].map((args) => JSON.stringify(args));
    expect(undone.every((args) => args.includes('"state":"absent"'))).toBe(true);
    for (const [, args] of done) {
      const nic = typeof args === 'object' && args !== null && 'nic' in args && typeof args.nic === 'string' ? args.nic : undefined;
      if (nic !== undefined) expect(undone.some((one) => one.includes(`"nic":"${nic}"`)), `${name}: ${nic}`).toBe(true);
    }
  }
});
