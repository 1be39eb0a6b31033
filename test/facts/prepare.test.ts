import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fleet } from '../../inventory/schema.ts';
import prepare from '../../playbooks/prepare.ts';
import { type Facts, read } from '../../src/contract/index.ts';
import type { Task } from '../../src/dsl/program.ts';
import { loadInventory, schemaOf } from '../../src/inventory/index.ts';

const inRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const recorded = (name: string): Facts => read.facts().kind.parse(readFileSync(new URL(`recorded/${name}.txt`, import.meta.url), 'utf8'), '');
const example = () => loadInventory(inRoot('inventory/example.yaml'), fleet, { env: {}, cwd: inRoot('') });

/** The tasks of prepare.ts for a host of the example fleet, should it turn out to be such a node. */
async function tasksOn(host: string, facts: Facts): Promise<ReadonlyMap<string, Task>> {
  const [play] = prepare.build(await example()).plays;
  return new Map(play?.evaluate(host, facts).tasks.map((task) => [task.name, task]));
}

describe('the example fleet', () => {
  it('is three nodes with all they need to be prepared', async () => {
    const { hosts, groups } = await example();
    expect(hosts.map(({ name, vars }) => [name, vars.nodeIp, vars.journalMaxUse])).toEqual([
      ['cp1', '192.168.10.11', '500M'],
      ['worker1', '192.168.10.21', '500M'],
      ['worker2', '192.168.10.22', '100M'],
    ]);
    expect(groups).toMatchObject({ controlPlane: ['cp1'], workers: ['worker1', 'worker2'] });
  });

  it('has the schema that editors complete from (run: plinth schema -i inventory/example.yaml > inventory/schema.json)', () => {
    expect(JSON.parse(readFileSync(inRoot('inventory/schema.json'), 'utf8'))).toEqual(JSON.parse(JSON.stringify(schemaOf(fleet))));
  });
});

describe('prepare.ts on other nodes than those of the lab', () => {
  it('sees to kernel and time of a Raspberry Pi, whose kernel is its own', async () => {
    const tasks = await tasksOn('worker2', recorded('raspberry-pi-os'));
    expect(tasks.get('kernel is fit for Cilium')?.args).toMatchObject({ config: { BPF_SYSCALL: 'y', MEMCG: 'any' } });
    expect(tasks.get('packages')?.args).toMatchObject({ names: expect.arrayContaining(['conntrack', 'chrony']) });
    expect(tasks.get('time servers')?.args).toMatchObject({ from: { text: expect.stringContaining('server ntp1.example.net iburst\nserver ntp2.example.net iburst\n') } });
    expect(tasks.get('time is kept')?.args).toMatchObject({ name: 'chrony.service' });
    expect(tasks.get('names of all nodes')?.args).toMatchObject({ entries: [{ names: ['cp1'] }, { names: ['worker1'] }, { names: ['worker2'] }] });
  });

  it('calls packages and services of Fedora by their names there', async () => {
    const tasks = await tasksOn('cp1', recorded('fedora-server'));
    expect(tasks.get('packages')?.args).toMatchObject({ names: expect.arrayContaining(['conntrack-tools', 'iptables-nft']) });
    expect(tasks.get('time is kept')?.args).toMatchObject({ name: 'chronyd.service' });
    expect(tasks.has('time servers')).toBe(false);
  });

  it('leaves the clock and the kernel of a container to its host', async () => {
    const tasks = await tasksOn('cp1', recorded('debian-lab-node'));
    expect(tasks.get('kernel is fit for Cilium')?.args).toMatchObject({ config: {} });
    expect([...tasks.keys()].filter((name) => name.startsWith('time'))).toEqual([]);
  });

  it('refuses a node whose clock is off', async () => {
    const task = (await tasksOn('cp1', { ...recorded('raspberry-pi-os'), clockSkewMs: -5000 })).get('clock agrees with ours');
    const [refusal] = task?.module.plan(task.args, {}) ?? [];
    expect(refusal).toMatchObject({ kind: 'refusal', what: 'the clock is -5000 ms off, and 2000 ms are allowed', final: true });
  });
});
