import { describe, expect, it } from 'vitest';
import type { Examined } from '../../src/cli/doctor/host/examination.ts';
import { examinationSchema } from '../../src/cli/doctor/host/examination.ts';
import { judgeHost } from '../../src/cli/doctor/host/judge.ts';
import { judgeSpace } from '../../src/cli/doctor/host/space.ts';
import { judgeTime } from '../../src/cli/doctor/host/time.ts';
import { judgeTwins } from '../../src/cli/doctor/host/twins.ts';
import { judgeUnreachable } from '../../src/cli/doctor/host/unreachable.ts';
import { factsSchema } from '../../src/contract/index.ts';
import type { Facts } from '../../src/contract/read/facts.ts';

const GiB = 1024 * 1024;
const facts: Facts = factsSchema.parse({
  hostname: 'n1', machineId: 'm1', hardware: '', os: { id: 'debian', like: [], version: '12', codename: 'bookworm', pretty: 'Debian 12' },
  kernel: { release: '6.1.0', version: [6, 1, 0], config: null, cmdline: '' }, arch: 'x86_64', cpus: { count: 2, model: '' }, memoryMiB: 2048, swapMiB: 0, nics: [],
  defaultRoute: { gateway: '10.0.0.1', nic: 'eth0' }, cgroup: 'v2', init: 'systemd', packageManager: 'apt', virtualization: 'none', container: false, bootId: 'b1', rebootPending: false, clockMs: 0, clockSkewMs: 0, timeSync: 'chrony',
});
const healthy: Examined = {
  ...examinationSchema.parse('uid=0\nuser=root\nshell=/usr/bin/dash\ndisk-Pk=/ 20971520 10485760\ndisk-Pi=/ 1000 900\nrootfs=rw\nnameserver=10.0.0.1\nresolves=deb.example yes\nown=n1 yes\nsynchronized=yes\n'),
  facts,
  transport: 'ssh',
  connected: 40,
  become: true,
};
const only = (host: Examined): string[] => judgeHost(host).filter(({ verdict }) => verdict !== 'ok').map(({ check, verdict, found }) => `${verdict} ${check}: ${found}`);
const withFacts = (more: Partial<Facts>): Examined => ({ ...healthy, facts: { ...facts, ...more } });

describe('a host', () => {
  it('that is well has nothing but ok, each with evidence', () => {
    expect(only(healthy)).toEqual([]);
    expect(judgeHost(healthy).map(({ check }) => check)).toEqual(['reach', 'rights', 'system', 'disk', 'inodes', 'clock', 'lock', 'packages', 'reboot', 'DNS', 'default route']);
    expect(judgeHost(healthy).filter(({ found }) => found === '')).toEqual([]);
  });

  it.each<[string, Examined, string]>([
    ['no root', { ...healthy, isRoot: false, user: 'ops' }, 'bad rights: steps run as ops, not as root'],
    ['read-only', { ...healthy, readOnly: true }, 'bad root file system: mounted read-only'],
    ['locked', { ...healthy, lock: 'ann@desk, run r1, since 18:00' }, 'warn lock: held by ann@desk, run r1, since 18:00'],
    ['interrupted dpkg', { ...healthy, interrupted: true }, 'bad packages: dpkg was interrupted'],
    ['broken package', { ...healthy, audit: ['curl  command line tool', 'vim  editor'] }, 'bad packages: dpkg finds fault with curl, vim'],
    ['busy apt', { ...healthy, packageLocks: ['/var/lib/dpkg/lock held by apt-get (process 7)'] }, 'warn packages: /var/lib/dpkg/lock held by apt-get (process 7)'],
    ['reboot', { ...withFacts({ rebootPending: true }), rebootFor: ['linux-image', 'libc6', 'libc6'] }, 'warn reboot: pending for linux-image, libc6'],
    ['names by file', { ...healthy, nameservers: [] }, 'warn DNS: no nameserver in /etc/resolv.conf; deb.example is in /etc/hosts'],
    ['no nameserver', { ...healthy, nameservers: [], resolves: undefined }, 'bad DNS: no nameserver in /etc/resolv.conf'],
    ['dead nameserver', { ...healthy, resolves: { name: 'deb.example', yes: false } }, 'bad DNS: 10.0.0.1 gave no address for deb.example, a package source of this node'],
    ['many nameservers', { ...healthy, nameservers: ['1', '2', '3', '4'] }, 'warn DNS: 4 nameservers: 1, 2, 3, 4'],
    ['own name', { ...healthy, own: { name: 'n1', yes: false } }, 'warn own name: n1 has no address'],
    ['no route', withFacts({ defaultRoute: null }), 'bad default route: none'],
    ['failed units', { ...healthy, failedUnits: ['a.service', 'b.service'] }, 'warn units: failed: a.service, b.service'],
  ])('%s', (_, host, told) => {
    expect(only(host)).toEqual([told]);
    expect(judgeHost(host).filter(({ verdict, hint }) => verdict !== 'ok' && !hint)).toEqual([]);
  });

  it('says through whom it is root', () => expect(judgeHost({ ...healthy, login: 'ops' })[1]).toMatchObject({ check: 'rights', verdict: 'ok', found: 'root, through sudo from ops' }));
  it('without sudo as the inventory says is fine', () => expect(only({ ...healthy, isRoot: false, user: 'ops', become: false })).toEqual([]));
});

describe('space', () => {
  it.each([
    [[{ mount: '/', total: 20 * GiB, free: 10 * GiB }], 'ok'],
    [[{ mount: '/', total: 20 * GiB, free: 1.5 * GiB }], 'warn'],
    [[{ mount: '/', total: 4 * GiB, free: 0.4 * GiB }], 'bad'],
    [[{ mount: '/', total: 100 * GiB, free: 2.5 * GiB }], 'bad'],
    [[{ mount: '/', total: 20 * GiB, free: 10 * GiB }, { mount: '/var', total: 20 * GiB, free: 0.1 * GiB }], 'bad'],
    [[{ mount: '/', total: 20 * GiB, free: 10 * GiB }, { mount: '/boot', total: 0.5 * GiB, free: 0.3 * GiB }], 'ok'],
    [[{ mount: '/', total: 20 * GiB, free: 10 * GiB }, { mount: '/boot', total: 0.5 * GiB, free: 0.03 * GiB }], 'warn'],
    [[], 'warn'],
  ] as const)('%j is %s', (space, verdict) => expect(judgeSpace({ space: [...space], inodes: [] })[0]?.verdict).toBe(verdict));
  it('counts inodes as well', () => expect(judgeSpace({ space: [{ mount: '/', total: 20 * GiB, free: 10 * GiB }], inodes: [{ mount: '/', total: 1000, free: 20 }] })).toMatchObject([{ verdict: 'ok' }, { check: 'inodes', verdict: 'bad', found: '2 % free on /' }]));
});

describe('time', () => {
  it.each([
    [{ clockSkewMs: 20, timeSync: 'chrony', container: false }, true, 'ok', 'right, kept by chrony'],
    [{ clockSkewMs: 20, timeSync: null, container: false }, undefined, 'warn', 'right, kept by nobody'],
    [{ clockSkewMs: 20, timeSync: null, container: true }, undefined, 'ok', 'right, kept by its host'],
    [{ clockSkewMs: 20, timeSync: 'ntpd', container: false }, false, 'warn', 'right, kept by ntpd, not synchronised yet'],
    [{ clockSkewMs: -5000, timeSync: 'chrony', container: false }, true, 'warn', '5.0 s behind, kept by chrony'],
    [{ clockSkewMs: 120_000, timeSync: 'chrony', container: true }, true, 'bad', '120.0 s ahead, kept by chrony'],
  ] as const)('%j, synchronised %s: %s', (of, synchronized, verdict, found) => expect(judgeTime(of, synchronized)).toMatchObject({ verdict, found }));
});

describe('hosts that are alike', () => {
  const of = (machineId: string, bootId: string) => ({ facts: { ...facts, machineId, bootId } });
  it('are clones, or one machine, or nothing', () => {
    expect(judgeTwins(new Map([['a', of('m', '1')], ['b', of('m', '2')], ['c', of('x', '3')]]))).toMatchObject([{ where: 'b', verdict: 'bad', found: 'the same machine-id as a' }]);
    expect(judgeTwins(new Map([['a', of('m', '1')], ['b', of('m', '1')]]))).toMatchObject([{ where: 'b', verdict: 'warn', found: 'the same machine as a' }]);
    expect(judgeTwins(new Map([['a', of('', '1')], ['b', of('', '2')]]))).toEqual([]);
  });
});

describe('a host that cannot be looked at', () => {
  it.each([
    ['unreachable', 'reach', 'bad'],
    ['auth', 'login', 'bad'],
    ['host-key', 'host key', 'bad'],
    ['become', 'sudo', 'bad'],
    ['locked', 'lock', 'warn'],
    ['lost', 'reach', 'bad'],
  ] as const)('%s is %s, %s', (cause, check, verdict) => expect(judgeUnreachable({ cause, summary: 'so', detail: 'because\n' })).toMatchObject({ check, verdict, found: 'so\nbecause', hint: expect.any(String) as unknown }));
});
