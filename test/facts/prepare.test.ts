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
    expect(tasks.get('time is kept')?.args).toMatchObject({ daemon: 'chrony', servers: ['ntp1.example.net', 'ntp2.example.net'] });
    expect(tasks.get('CNI plugins')?.args).toMatchObject({ from: '/usr/lib/cni' });
    expect(tasks.get('names of all nodes')?.args).toMatchObject({ entries: [{ names: ['cp1'] }, { names: ['worker1'] }, { names: ['worker2'] }] });
  });

  it('calls packages and services of Fedora by their names there', async () => {
    const tasks = await tasksOn('cp1', recorded('fedora-server'));
    expect(tasks.get('packages')?.args).toMatchObject({ names: expect.arrayContaining(['conntrack-tools', 'iptables-nft', 'containerd', 'runc']) });
    expect(tasks.get('time is kept')?.args).toMatchObject({ daemon: 'chrony' });
    expect(tasks.get('CNI plugins')?.args).toMatchObject({ from: '/usr/libexec/cni' });
  });

  it('leaves the clock and the kernel of a container to its host', async () => {
    const tasks = await tasksOn('cp1', recorded('debian-lab-node'));
    expect(tasks.get('kernel is fit for Cilium')?.args).toMatchObject({ config: {} });
    expect([...tasks.keys()].filter((name) => name.startsWith('time'))).toEqual([]);
  });

  it('refuses a node whose clock is off those of the others, whatever ours says', async () => {
    const skews: Readonly<Record<string, number>> = { cp1: 61_000, worker1: 60_000, worker2: 54_000 };
    const pi = recorded('raspberry-pi-os');
    const [play] = prepare.build(await example()).plays;
    const factsOf = (name: string): Facts => ({ ...pi, clockSkewMs: skews[name] ?? 0 });
    const said = Object.keys(skews).map((name) => {
      const task = play?.evaluate(name, factsOf(name), factsOf).tasks.find((one) => one.name === 'clocks agree');
      const [refusal] = task?.module.plan(task.args, {}) ?? [];
      return refusal;
    });
    expect(said).toEqual([undefined, undefined, expect.objectContaining({ kind: 'refusal', what: 'the clock is -6000 ms off those of the other nodes, and 2000 ms are allowed', final: true })]);
  });

  it('holds a single clock against ours', async () => {
    const off = { ...recorded('raspberry-pi-os'), clockSkewMs: -5000 };
    const [play] = prepare.build(await example()).plays;
    const task = play?.evaluate('cp1', off, (name) => (name === 'cp1' ? off : undefined)).tasks.find((one) => one.name === 'clocks agree');
    const [refusal] = task?.module.plan(task.args, {}) ?? [];
    expect(refusal).toMatchObject({ what: 'the clock is -5000 ms off ours, and 2000 ms are allowed' });
  });

  it('does what is asked for and nothing else of what may be left as found', async () => {
    const optional = ['time zone', 'locale', 'SSH server', 'firewall', 'upgrades without being asked'];
    const tasks = await tasksOn('cp1', recorded('raspberry-pi-os'));
    expect(optional.filter((name) => tasks.has(name))).toEqual([]);
    const vars = { timezone: 'UTC', locale: { lang: 'de_DE.UTF-8' }, sshd: { passwordAuthentication: false }, firewall: { ports: [8443] }, unattendedUpgrades: {}, runtime: { install: 'keep' } };
    const fleetOf = await loadInventory(inRoot('inventory/example.yaml'), fleet, { env: {}, cwd: inRoot('') });
    const asked = { ...fleetOf, hosts: fleetOf.hosts.map((host) => ({ ...host, vars: { ...host.vars, ...fleet.shared.pick({ timezone: true, locale: true, sshd: true, firewall: true, unattendedUpgrades: true, runtime: true }).parse(vars) } })) };
    const [play] = prepare.build(asked).plays;
    const all = new Map(play?.evaluate('cp1', recorded('raspberry-pi-os')).tasks.map((task) => [task.name, task]));
    expect(optional.filter((name) => !all.has(name))).toEqual([]);
    expect(all.get('packages')?.args).toMatchObject({ names: expect.arrayContaining(['nftables', 'locales', 'unattended-upgrades']) });
    expect(all.get('packages')?.args).not.toMatchObject({ names: expect.arrayContaining(['containerd']) });
    expect([...all.keys()].filter((name) => name.includes('runtime') || name.includes('CNI'))).toEqual([]);
    expect(all.get('firewall')?.args).toMatchObject({ ports: expect.arrayContaining([expect.objectContaining({ port: '2379-2380', from: ['192.168.10.11', '192.168.10.21', '192.168.10.22'] }), expect.objectContaining({ port: 8443, from: [] })]) });
    const worker = new Map(play?.evaluate('worker1', recorded('raspberry-pi-os')).tasks.map((task) => [task.name, task]));
    expect(worker.get('firewall')?.args).not.toMatchObject({ ports: expect.arrayContaining([expect.objectContaining({ port: '2379-2380' })]) });
  });
});
