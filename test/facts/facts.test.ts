import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { read } from '../../src/contract/index.ts';
import { answer, type Shell, shells } from './shell.ts';

const { kind } = read.facts();
const recorded = (name: string) => kind.parse(readFileSync(new URL(`recorded/${name}.txt`, import.meta.url), 'utf8'), '');

describe('facts of recorded nodes', () => {
  it('understands a Debian node of the lab', () => {
    const facts = recorded('debian-lab-node');
    expect(facts).toMatchObject({
      hostname: 'node1',
      os: { id: 'debian', version: '12', codename: 'bookworm', pretty: 'Debian GNU/Linux 12 (bookworm)' },
      kernel: { version: [6, 18, 44], config: '/proc/config.gz', cmdline: 'console=ttyS0 quiet a=b' },
      cpus: { count: 2, model: 'AMD EPYC' },
      memoryMiB: 24106,
      defaultRoute: { nic: 'eth0', gateway: '10.10.88.1' },
      cgroup: 'hybrid',
      init: 'systemd',
      packageManager: 'apt',
      virtualization: 'container-other',
      container: true,
      clockMs: 1795201177068,
      clockSkewMs: 0,
      timeSync: null,
      rebootPending: false,
    });
    expect(facts.nics).toEqual([{ name: 'eth0', driver: null, type: 'virtual', mac: '4e:1b:77:aa:01:02', mtu: 1500, up: true, speed: 10000, master: null, rxQueues: 2, txQueues: 2, irqs: [], addresses: ['10.10.88.11/24'] }]);
  });

  it('understands Alpine with busybox: no machine id, no nanoseconds, IPv6 only', () => {
    const facts = recorded('alpine-vm');
    expect(facts).toMatchObject({ machineId: '', packageManager: 'none', init: 'init', virtualization: 'kvm', container: false, swapMiB: 512, clockMs: 1795201177500, defaultRoute: { nic: 'eth0', gateway: 'fe80::1' }, timeSync: 'ntpd' });
    expect(facts.nics[0]).toMatchObject({ driver: 'virtio_net', type: 'ethernet', speed: null, irqs: [44, 45, 46], addresses: ['2001:db8::15/64'] });
  });

  it('understands a Raspberry Pi: board, interrupts by name, memory cgroup disabled on the command line', () => {
    const facts = recorded('raspberry-pi-os');
    expect(facts).toMatchObject({ hardware: 'Raspberry Pi 5 Model B Rev 1.0', cpus: { count: 4, model: 'Raspberry Pi 5 Model B Rev 1.0' }, kernel: { version: [6, 12, 34] }, timeSync: 'systemd-timesyncd' });
    expect(facts.kernel.cmdline).toContain('cgroup_disable=memory');
    expect(facts.nics.map(({ name, type, irqs, up }) => ({ name, type, irqs, up }))).toEqual([
      { name: 'eth0', type: 'ethernet', irqs: [106], up: true },
      { name: 'wlan0', type: 'wlan', irqs: [], up: false },
    ]);
  });

  it('understands Fedora with a bond and a VLAN', () => {
    const facts = recorded('fedora-server');
    expect(facts).toMatchObject({ packageManager: 'dnf', cpus: { count: 12 }, hardware: 'LENOVO 10T700AXGE', rebootPending: true, defaultRoute: { nic: 'bond0.20', gateway: '172.30.20.1' }, timeSync: 'chrony' });
    expect(facts.nics.map(({ name, type, master, rxQueues }) => ({ name, type, master, rxQueues }))).toEqual([
      { name: 'bond0', type: 'bond', master: null, rxQueues: 16 },
      { name: 'eno1', type: 'ethernet', master: 'bond0', rxQueues: 1 },
      { name: 'eno2', type: 'ethernet', master: 'bond0', rxQueues: 4 },
      { name: 'bond0.20', type: 'vlan', master: null, rxQueues: 1 },
    ]);
  });

  it('says what is missing when the answer makes no sense', () => {
    expect(() => kind.parse('hostname=x', '')).toThrow(/cgroup/);
  });
});

describe.each(shells)('facts of this machine, by %s', (shell: Shell) => {
  it('gathers them', async () => {
    const text = await answer(shell, kind, ['']);
    const facts = kind.parse(text[0], '');
    expect(facts.hostname).toBe(hostname());
    expect(`v${facts.kernel.version.join('.')}`).toBe(`v${/^\d+\.\d+\.\d+/.exec(facts.kernel.release)?.[0]}`);
    expect(facts.memoryMiB).toBeGreaterThan(0);
    expect(facts.bootId).toMatch(/^[0-9a-f-]{36}$/);
    const cgroup = spawnSync('stat', ['-fc', '%T', '/sys/fs/cgroup'], { encoding: 'utf8' }).stdout.trim();
    expect(facts.cgroup === 'v2').toBe(cgroup === 'cgroup2fs');
  });
});
