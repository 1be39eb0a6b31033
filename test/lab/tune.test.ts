import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EventOf } from '../../src/report/event.ts';
import { endOf, type Ran } from './controller.ts';
import { labNodes } from './lab-nodes.ts';

const nodes = labNodes('tune');
const playbook = (name: string): string => fileURLToPath(new URL(`../../playbooks/${name}.ts`, import.meta.url));

/** A playbook of tuning over the lab, the nodes' addresses and a profile for each group in it. */
const tune = (verb: 'plan' | 'apply', name: 'tune' | 'untune', ...more: readonly string[]): Promise<Ran> => nodes.plinth(verb, playbook(name), '-i', nodes.inventory, '-i', 'tuning.yaml', '--output', 'jsonl', ...more);

const tuning = (mtu: number): string => `vars: { tuning: { profile: throughput, bbr: true, mtu: ${mtu} } }
groups:
  workers: { vars: { tuning: { profile: latency, dsr: true } } }
hosts:
${nodes.lab.nodes.map(({ name, ip }) => `  ${name}: { vars: { nodeIp: ${ip} } }\n`).join('')}`;

beforeAll(async () => {
  nodes.write('tuning.yaml', tuning(1400));
  // No node has used BBR before, so that it is a change on all of them.
  await nodes.everywhere('echo reno >/proc/sys/net/ipv4/tcp_congestion_control');
});

const resultsOf = ({ events }: Ran): EventOf<'taskResult'>[] => events.filter((event) => event.type === 'taskResult');
const toldOf = (ran: Ran) => resultsOf(ran).map(({ host, task, status, changes }) => ({ host, task, differs: status !== 'ok', changes })).toSorted((a, b) => `${a.host} ${a.task}`.localeCompare(`${b.host} ${b.task}`));

/** Everything that tuning may touch: files, units, links, kernel parameters. */
const state = `find /etc /usr/local -xdev -type f ! -name ld.so.cache -exec sha256sum {} + | sort
find /etc -xdev -type l -printf '%p %l\\n' | sort
systemctl list-unit-files --type=service --type=timer --no-legend --no-pager | grep -v ' transient '
cat /sys/class/net/eth0/mtu /proc/sys/net/ipv4/tcp_congestion_control /sys/class/net/eth0/queues/*/[rx]ps_cpus
systemctl list-timers --all --no-legend --plain | grep plinth || :
sysctl -a 2>/dev/null | grep -E '^(net\\.(core|ipv4)|vm|kernel)\\.' | grep -v -e random -e nr_ -e _count -e ns_last_pid -e file- -e inode- -e 'ipv4\\.tcp_.*mem' -e sched_domain -e pty -e perf_`;

describe('plinth advise', () => {
  it('reads the nodes, changes nothing, and prints JSON where no terminal is', async () => {
    const before = await nodes.everywhere(state);
    const { code, stdout } = await nodes.plinth('advise', '-i', nodes.inventory, '--profile', 'latency');
    const advice: { rows: { item: string; node: string; verdict: string; found: string }[]; fleet: { item: string; verdict: string }[] } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(advice.rows.filter(({ item }) => item === 'kube-proxy replacement').map(({ node, verdict }) => [node, verdict])).toEqual(nodes.names.map((name) => [name, 'possible']));
    expect(advice.rows.find(({ item }) => item === 'preemption')).toMatchObject({ verdict: 'not applicable' });
    expect(advice.fleet.find(({ item }) => item === 'RPS/XPS')).toMatchObject({ verdict: 'possible' });
    expect(await nodes.everywhere(state)).toEqual(before);
  });

  it('prints a table where it is asked for, and tells a wish that makes no sense', async () => {
    const { stdout } = await nodes.plinth('advise', 'node1', '-i', nodes.inventory, '--output', 'table');
    expect(stdout).toMatch(/^item +node +verdict +wanted +found +why\nnative routing +node1 +possible /);
    expect(stdout).toContain('every node can have: native routing, kube-proxy replacement');
    expect(await nodes.plinth('advise', '-i', nodes.inventory, '--cilium', 'newest')).toMatchObject({ code: 1, stderr: expect.stringContaining('--cilium: must be a version such as 1.19') });
  });
});

describe('tune.ts and untune.ts on three nodes', () => {
  let before: string[];

  it('does exactly what was planned, by profiles of groups', async () => {
    before = await nodes.everywhere(state);
    const planned = await tune('plan', 'tune');
    expect(await nodes.everywhere(state)).toEqual(before);
    const applied = await tune('apply', 'tune');
    expect(endOf(applied)).toMatchObject({ ok: true, failed: 0, errors: [] });
    expect(toldOf(applied)).toEqual(toldOf(planned));
    expect(resultsOf(applied).filter(({ status }) => status === 'changed').map(({ host, task }) => `${host} ${task}`).toSorted()).toEqual(
      nodes.names.flatMap((name) => [`${name} BBR for the node`, `${name} MTU of eth0`, `${name} interrupts of eth0`]),
    );
    expect(await nodes.everywhere('cat /sys/class/net/eth0/mtu /proc/sys/net/ipv4/tcp_congestion_control')).toEqual(['1400\nbbr', '1400\nbbr', '1400\nbbr']);
  });

  it('changes nothing the second time, in one round trip per play and host', async () => {
    const again = await tune('apply', 'tune');
    expect(endOf(again)).toMatchObject({ ok: true, changed: 0, failed: 0, skipped: 0 });
    expect(endOf(again).trips).toEqual({ node1: 2, node2: 2, node3: 2 });
  });

  it('is in force again after a reboot', async () => {
    await nodes.on('node1', 'systemctl reboot').catch(() => undefined);
    await expect.poll(() => nodes.on('node1', 'systemctl is-active plinth-mtu-eth0 plinth-irq-eth0').catch(String), { timeout: 60_000, interval: 500 }).toBe('active\nactive');
    const [mtu, mask] = (await nodes.on('node1', 'cat /sys/class/net/eth0/mtu /sys/class/net/eth0/queues/rx-0/rps_cpus')).split('\n');
    expect(mtu).toBe('1400');
    expect(mask).toMatch(/[1-9a-f]/);
    await nodes.on('node1', 'echo reno >/proc/sys/net/ipv4/tcp_congestion_control');
  });

  it('mends what somebody changed by hand, and only that', async () => {
    await nodes.on('node2', 'for f in /sys/class/net/eth0/queues/rx-*/rps_cpus; do echo 0 >"$f"; done');
    const mended = await tune('apply', 'tune', '--limit', 'node2');
    expect(resultsOf(mended).filter(({ status }) => status === 'changed').map(({ host, task }) => [host, task])).toEqual([['node2', 'interrupts of eth0']]);
  });

  it('is taken back byte for byte', async () => {
    const undone = await tune('apply', 'untune');
    expect(endOf(undone)).toMatchObject({ ok: true, failed: 0, errors: [] });
    expect(await nodes.everywhere(state)).toEqual(before);
    expect(endOf(await tune('apply', 'untune'))).toMatchObject({ ok: true, changed: 0 });
  });

  it('does not keep an MTU that the network does not carry', async () => {
    // The bridge of the lab lets 1500 bytes through, as a switch without jumbo frames would.
    nodes.write('tuning.yaml', tuning(9000));
    const failed = await tune('apply', 'tune');
    const [error] = resultsOf(failed).filter(({ status }) => status === 'failed').map(({ host, error: why }) => ({ host, detail: why?.detail }));
    expect(error).toMatchObject({ host: 'node2', detail: expect.stringContaining(`packets of 9000 bytes do not come back from ${nodes.lab.nodes[0]?.ip}`) });
    expect((await nodes.everywhere('cat /sys/class/net/eth0/mtu')).slice(1)).toEqual(['1500', '1500']);
    expect(await nodes.on('node2', 'test ! -e /usr/local/sbin/plinth-mtu-eth0; systemctl list-timers --all --no-legend --plain | grep -c plinth || :')).toBe('0');
  });
});
