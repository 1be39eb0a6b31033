import { describe, expect, it } from 'vitest';
import { clusterMembers } from '../../src/modules/kubeadm/members/clusterMembers.ts';
import { neighbour } from '../../src/modules/kubeadm/kubeVip/neighbour.ts';
import { linkAddresses, nicFor } from '../../src/modules/kubeadm/kubeVip/nics.ts';
import { clusterName } from '../../src/modules/kubeadm/kubeadmReset/clusterName.ts';
import { leftovers } from '../../src/modules/kubeadm/kubeadmReset/leftovers.ts';
import { here } from '../../src/modules/kubeadm/kubeconfig/here.ts';
import { kubeadmState } from '../../src/modules/kubeadm/state/kubeadmState.ts';
import { shells, take } from '../facts/shell.ts';
import { withPrograms } from '../facts/stubs.ts';

const real = ['cat', 'tr', 'sed', 'grep', 'head', 'tail', 'wc', 'sort', 'find', 'base64', 'id', 'stat', 'true', 'sleep', 'rm', 'mkdir'];
const place = { nodeName: 'n1', nodeIp: '10.0.0.11', bindPort: 6443, endpoint: { host: '10.0.0.100', port: 6443 }, peers: ['10.0.0.12', 'fd00::13', '10.0.0.14'] };

/** curl as it answers for peers: one has a cluster, one refuses, one has only a kubelet. */
const curl = `all="$*"
case $all in
  *10250*) case $all in *fd00::13*) exit 0;; *) exit 7;; esac;;
  *10.0.0.12:6443*) exit 0;;
  *'[fd00::13]:6443'*) echo '* connect to fd00::13 port 6443 failed: Connection refused' >&2; exit 7;;
  *10.0.0.14:6443*) echo '* connect to 10.0.0.14 port 6443 failed: Connection refused' >&2; exit 7;;
  *) exit 28;;
esac`;

/** The shell of busybox takes its own ip, ping and arping before those of the PATH. */
const takesPath = shells.filter((shell) => shell !== 'busybox sh');
/** Files that this machine may have by itself. */
const ofFiles = ({ what }: { readonly what: string }): boolean => what === 'files';

// This machine is no node of a cluster: what a blank one reads can be taken of it.
describe.each(shells)('readings of a blank node under %s', (shell) => {
  it('tell what answers around it', () =>
    withPrograms({ curl }, real, async (env) => {
      expect(await take(shell, kubeadmState(place), env)).toEqual({
        name: 'n1',
        curl: true,
        files: [],
        kubelet: 'none',
        api: 'unasked',
        objects: {},
        labelled: false,
        peers: { '10.0.0.12': 'cluster', 'fd00::13': 'kubelet', '10.0.0.14': 'closed' },
        endpoint: 'silent',
      });
    }));

  it('do without curl, and say so', () => withPrograms({}, real, async (env) => expect(await take(shell, kubeadmState(place), env)).toMatchObject({ curl: false, files: [], peers: {} })));

  it('find no cluster to mint for, none to belong to, and nothing to reset', () =>
    withPrograms({ curl, systemctl: 'echo inactive; exit 3', ip: ':', nft: ':', 'iptables-nft-save': ':', 'ip6tables-nft-save': ':' }, real, async (env) => {
      expect(await take(shell, clusterMembers(6443, [{ name: 'n2', address: '10.0.0.12' }]), env)).toMatchObject({ isWell: false, healthy: [], nodes: [], kubelets: [] });
      expect(await take(shell, clusterName(), env)).toBeUndefined();
      expect((await take(shell, leftovers([]), env)).filter((one) => !ofFiles(one))).toEqual([]);
    }));

  it('a kubeconfig that is not there', () => withPrograms({}, real, async (env) => expect(await take(shell, here('/nowhere/config'), env)).toMatchObject({ path: '/nowhere/config', hasFolder: false })));
});

describe.each(takesPath)('readings of links and rules under %s', (shell) => {
  it('find chains, tables and addresses that are left', () =>
    withPrograms(
      {
        systemctl: 'echo activating; exit 3',
        nft: "echo 'table ip filter'; echo 'table ip kube-proxy'; echo 'table ip6 kube-proxy'",
        'iptables-nft-save': "printf '*filter\\n:KUBE-FORWARD - [0:0]\\n:CILIUM_INPUT - [0:0]\\n:MINE - [0:0]\\nCOMMIT\\n'",
        'ip6tables-nft-save': ':',
        ip: `[ "$*" != '-o addr show to 10.0.0.100' ] || echo '2: eno1    inet 10.0.0.100/32 scope global deprecated eno1\\       valid_lft forever'`,
      },
      real,
      async (env) =>
        expect((await take(shell, leftovers(['10.0.0.100']), env)).filter((one) => !ofFiles(one))).toEqual([
          { what: 'service', which: 'kubelet' },
          { what: 'rules', which: '2 chains in iptables-nft-save' },
          { what: 'rules', which: 'nft table ip:kube-proxy' },
          { what: 'rules', which: 'nft table ip6:kube-proxy' },
          { what: 'addresses', which: 'eno1=10.0.0.100/32' },
        ]),
    ));

  it.each([
    ['is answered by ping', { ping: 'exit 0' }, '10.0.0.100 lladdr 52:54:00:12:34:56 used 0/0/0probes 1 REACHABLE', { address: 'taken', mac: '52:54:00:12:34:56' }],
    ['hides from ping, but not from ARP', { ping: 'exit 1' }, '10.0.0.100 lladdr 52:54:00:12:34:56 used 1/1/1probes 1 REACHABLE', { address: 'taken', mac: '52:54:00:12:34:56' }],
    ['was somewhere else a while ago', { ping: 'exit 1' }, '10.0.0.100 lladdr 52:54:00:12:34:56 ref 1 used 0/21/20probes 1 REACHABLE', { address: 'free' }],
    ['is nowhere', { ping: 'exit 1' }, '10.0.0.100 FAILED', { address: 'free' }],
    ['is told by arping of iputils', { arping: `case $1 in -V) echo 'arping from iputils 20221126';; *) exit 1;; esac`, ping: 'exit 1' }, '', { address: 'taken' }],
    ['cannot be asked for', {}, '', { address: 'unknown' }],
  ])('an address that %s', (_, programs, neigh, expected) =>
    withPrograms({ ...programs, ip: `case "$*" in *' neigh '*) echo '${neigh}';; *route*) echo '10.0.0.100 dev eno1 src 10.0.0.11';; esac` }, real, async (env) => expect(await take(shell, neighbour('10.0.0.100'), env)).toEqual(expected)));

  it('links and their addresses', () =>
    withPrograms({ ip: "printf '1: lo    inet 127.0.0.1/8 scope host lo\\n2: eno1@if3    inet 10.0.0.11/24 brd 10.0.0.255 scope global eno1\\n3: wg0    inet 10.9.0.1 peer 10.9.0.2/32 scope global wg0\\n'" }, real, async (env) =>
      expect(await take(shell, linkAddresses(), env)).toEqual([{ nic: 'lo', address: '127.0.0.1/8' }, { nic: 'eno1', address: '10.0.0.11/24' }, { nic: 'wg0', address: '10.9.0.1/32' }])));
});

describe('the link for an address', () => {
  const links = [
    { nic: 'eno1', address: '10.0.0.11/24' },
    { nic: 'br0', address: '10.0.0.11/16' },
    { nic: 'eno2', address: 'fd00::11/64' },
    { nic: 'eno1', address: '10.0.0.100/32' },
  ];
  it.each([
    ['10.0.0.100', 'eno1'],
    ['10.0.7.1', 'br0'],
    ['fd00::1:2', 'eno2'],
    ['fd01::1', undefined],
    ['192.168.0.1', undefined],
  ])('%s is %s', (address, nic) => expect(nicFor(address, links)).toBe(nic));
});
