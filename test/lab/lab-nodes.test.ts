import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { down, type Lab, labInventory, restore, snapshot, snapshots, sshCommand, status, up } from '../../src/lab/index.ts';
import { awaitNode } from '../../src/lab/node/await-node.ts';
import { run } from '../../src/lab/run.ts';
import { answer, noLab, onNode, someLab, tracesOf } from './real-lab.ts';

describe.skipIf(noLab)('a lab of three nodes', () => {
  const which = someLab('three');
  let lab: Lab;
  beforeAll(async () => {
    lab = await up({ ...which, nodes: 3 });
  });
  afterAll(async () => {
    await down(which);
    rmSync(dirname(which.dir), { recursive: true, force: true });
  });

  it('boots real systemd as process 1, with nothing failed', async () => {
    for (const { name } of lab.nodes) {
      expect(await answer(which, name, 'ps -p 1 -o comm=; systemctl is-system-running --wait; hostname')).toBe(`systemd\nrunning\n${name}`);
    }
  });

  it('is reached with pinned keys by what it writes: inventory, ssh_config, known_hosts', async () => {
    const inventory = parse(readFileSync(join(which.dir, 'inventory.yaml'), 'utf8'));
    expect(Object.keys(inventory.groups.controlPlane.hosts)).toEqual(['node1']);
    expect(Object.keys(inventory.groups.workers.hosts)).toEqual(['node2', 'node3']);
    const [host] = labInventory(lab).hosts;
    expect(inventory.groups.controlPlane.hosts.node1.ssh).toEqual({ address: host?.address, port: host?.port, user: 'plinth', identityFile: host?.identityFile, hostKeys: host?.hostKeys });
    expect((await run([...(await sshCommand('node2', which)), 'id', '-un'])).stdout).toBe('plinth\n');
    const wrong = await run(['ssh', '-F', join(which.dir, 'ssh_config'), '-o', `HostKeyAlias=other`, 'node2', 'true']);
    expect(wrong.code).toBe(255);
  });

  it('has a network of its own: nodes know each other by name, in both families, and nothing beyond', async () => {
    expect(await answer(which, 'node1', 'ping -c1 -W2 node3 > /dev/null && echo 4')).toBe('4');
    expect(await answer(which, 'node1', `ping -6 -c1 -W2 ${lab.nodes[2]?.ip6} > /dev/null && echo 6`)).toBe('6');
    // Refused at once rather than waited for.
    expect(await answer(which, 'node1', 'curl -sS -m 20 http://192.0.2.1/ 2>&1; echo $?')).toMatch(/ 7$|\n7$/);
  });

  it('installs packages from the Debian source of the machine', async () => {
    const { code, stderr } = await onNode(which, 'node1', 'apt-get update -q > /dev/null && apt-get install -qy tree > /dev/null && tree --version > /dev/null');
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) });
  });

  it('answers the same lab when it is already up, and refuses to be another', async () => {
    expect(await up({ ...which, nodes: 3 })).toEqual(lab);
    await expect(up({ ...which, nodes: 2 })).rejects.toThrow(/already up with other nodes[^]*plinth lab down --name three/);
  });

  it('names the nodes there are when asked for another', async () => {
    await expect(sshCommand('node9', which)).rejects.toThrow(/no node "node9"[^]*node1, node2, node3/);
    await expect(status({ name: 'nowhere', dir: '/nowhere' })).rejects.toThrow(/no lab "nowhere"[^]*plinth lab up/);
  });

  it('restarts one node on reboot: new boot id, clock from zero, disk kept, kernel state gone', async () => {
    const bootId = 'cat /proc/sys/kernel/random/boot_id';
    const [before, other] = [await answer(which, 'node2', bootId), await answer(which, 'node3', bootId)];
    await answer(which, 'node2', 'sysctl -qw net.ipv4.ip_forward=1 vm.swappiness=9; echo kept > /etc/kept');
    await onNode(which, 'node2', 'systemctl reboot');
    await expect.poll(() => answer(which, 'node2', bootId).catch(() => before), { timeout: 60_000, interval: 200 }).not.toBe(before);
    expect(await answer(which, 'node2', 'cat /etc/kept; sysctl -n net.ipv4.ip_forward; sysctl -n vm.swappiness')).toBe(`kept\n0\n${readFileSync('/proc/sys/vm/swappiness', 'utf8').trim()}`);
    const uptime = Number((await answer(which, 'node2', 'cat /proc/uptime')).split('.')[0]);
    expect(uptime).toBeLessThan(Number(readFileSync('/proc/uptime', 'utf8').split('.')[0]));
    expect(await answer(which, 'node3', bootId)).toBe(other);
  });

  it('brings back what a snapshot kept, as often as asked', async () => {
    await answer(which, 'node1', 'echo one > /etc/stage; echo data > /var/lib/etcd/data');
    await snapshot('one', which);
    await answer(which, 'node1', 'echo two > /etc/stage; rm -r /etc/apt; mkdir /etc/apt; rm /var/lib/etcd/data');
    await snapshot('two', which);
    expect(await snapshots(which)).toEqual(['one', 'two']);
    await answer(which, 'node1', 'rm -rf /etc/passwd /etc/ssh /etc/systemd/system');
    await restore('two', which);
    // The directory that was removed and made anew stays empty: an overlay tells that by an attribute, which a copy must keep.
    expect(await answer(which, 'node1', 'cat /etc/stage; ls /etc/apt /var/lib/etcd; systemctl is-system-running --wait')).toBe('two\n/etc/apt:\n\n/var/lib/etcd:\nrunning');
    for (let i = 0; i < 2; i++) {
      await restore('one', which);
      expect(await answer(which, 'node1', 'cat /etc/stage /var/lib/etcd/data; test -d /etc/apt/apt.conf.d')).toBe('one\ndata');
    }
    await expect(restore('three', which)).rejects.toThrow(/no snapshot "three"[^]*one, two/);
  });

  it('says what a boot that fails had to say, and is mended by a snapshot', async () => {
    await onNode(which, 'node2', 'rm /usr/lib/systemd/systemd; sync; echo broken > /dev/console; reboot -ff');
    const [, node2] = lab.nodes;
    if (node2 === undefined) throw new Error('no node2');
    await expect.poll(async () => (await status(which)).nodes[1]?.state, { timeout: 30_000 }).toMatch(/^failed/);
    await expect(awaitNode(lab, node2)).rejects.toThrow(/node2 ended while booting \(failed \d+\)[^]*No such file[^]*console\.log/);
    await restore('one', which);
    expect(await answer(which, 'node2', 'hostname')).toBe('node2');
  });

  it('tells a node that was powered off from the others', async () => {
    await onNode(which, 'node3', 'systemctl poweroff');
    await expect.poll(async () => (await status(which)).nodes.map(({ state }) => state).join(' '), { timeout: 30_000 }).toBe('running running halted');
  });

  it('leaves nothing', async () => {
    expect(await down(which)).toBe(true);
    await expect.poll(() => tracesOf(which), { timeout: 10_000 }).toEqual([]);
    expect(await down(which)).toBe(false);
  });
});

describe.skipIf(noLab)('a lab that cannot be', () => {
  const which = someLab('never');
  afterAll(() => rmSync(dirname(which.dir), { recursive: true, force: true }));

  it('says why there is no image of a release that does not exist, and leaves nothing', async () => {
    await expect(up({ ...which, suite: 'nosuch' })).rejects.toThrow(/cannot build the nosuch image[^]*apt-get update/);
    await expect.poll(() => tracesOf(which), { timeout: 10_000 }).toEqual([]);
  });

  it('does not touch a directory that holds anything else', async () => {
    mkdirSync(which.dir);
    writeFileSync(join(which.dir, 'thesis.txt'), 'years of work');
    await expect(up(which)).rejects.toThrow(/not a lab's directory/);
    await expect(down(which)).rejects.toThrow(/not a lab's directory/);
    expect(readFileSync(join(which.dir, 'thesis.txt'), 'utf8')).toBe('years of work');
  });
});

describe.skipIf(noLab)('labs beside each other', () => {
  const [one, two] = [someLab('one'), someLab('two')];
  afterAll(async () => {
    for (const which of [one, two]) {
      await down(which);
      rmSync(dirname(which.dir), { recursive: true, force: true });
    }
  });

  it('come up at the same time, with other users, sudo and names, and go without touching the other', async () => {
    await Promise.all([up({ ...one, nodes: ['web', 'db'], user: 'admin', sudoPassword: "it's secret" }), up({ ...two, nodes: 1, user: 'root' })]);
    const ssh = await sshCommand('db', one);
    expect((await run([...ssh, 'sudo', '-n', 'true'])).code).toBe(1);
    expect((await run([...ssh, 'sudo', '-S', '-p', "''", 'id', '-un'], { input: "it's secret\n" })).stdout).toBe('root\n');
    expect((await run([...(await sshCommand('node1', two)), 'id', '-un'])).stdout).toBe('root\n');
    await down(one);
    await expect.poll(() => tracesOf(one), { timeout: 10_000 }).toEqual([]);
    expect((await status(two)).nodes.map(({ state }) => state)).toEqual(['running']);
    await down(two);
    await expect.poll(() => tracesOf(two), { timeout: 10_000 }).toEqual([]);
  });
});
