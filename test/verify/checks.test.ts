import { describe, expect, it } from 'vitest';
import { shells as allShells } from '../facts/shell.ts';
import { join, type Check } from '../../src/contract/index.ts';
import { syntaxError } from '../../src/testing/parses.ts';
import { checksOf, type Expected } from '../../src/verify/index.ts';
import { smoke } from '../../src/verify/smoke.ts';

const expected: Expected = {
  kubernetes: 'v1.36.2',
  nodes: [
    { name: 'cp1', role: 'controlPlane' },
    { name: 'cp2', role: 'controlPlane' },
    { name: 'w1', role: 'worker' },
  ],
  endpoint: { host: '10.0.0.50', port: 6443, address: '10.0.0.50' },
  kubeVip: 'arp',
  cilium: { routing: 'native', ebpfMasquerade: 'on', hostRouting: 'on' },
  pools: ['lan'],
  l2: true,
  gatewayApi: true,
  hubble: { relay: true },
};
const all = checksOf(expected);
const every = [...all.cluster, ...all.controlPlane('cp1'), ...all.node, ...all.controller];

function named(name: string): Check {
  const found = every.find((item) => item.name === name)?.check;
  if (!found) throw new Error(`there is no check "${name}": ${every.map((item) => item.name).join('; ')}`);
  return found;
}

/** How a check judges what was said; an exit code of 0 unless another is given. */
const judged = (name: string, text: string, code = 0) => {
  const { status, evidence } = named(name).judge({ code, text });
  return `${status}: ${evidence}`;
};

describe('checks of a cluster', () => {
  it('want every node Ready, at its version, and no others', () => {
    const name = 'nodes are Ready at v1.36.2';
    expect(judged(name, 'cp1|v1.36.2|True|kubelet is posting ready status\ncp2|v1.36.2|True|\nw1|v1.36.2|True|')).toBe('ok: 3 nodes Ready at v1.36.2: cp1, cp2, w1');
    expect(judged(name, 'cp1|v1.36.2|False|container runtime network not ready: cni plugin not initialized\ncp2|v1.35.8|True|\nold|v1.36.2|True|')).toBe(
      'failed: w1 is not in the cluster\ncp1 is not Ready: container runtime network not ready: cni plugin not initialized\ncp2 is at v1.35.8, not at v1.36.2\nold is in the cluster, and not in the inventory',
    );
    expect(judged(name, 'there is no /etc/kubernetes/admin.conf on this node', 9)).toBe('failed: there is no /etc/kubernetes/admin.conf on this node');
    expect(judged(name, '', 124)).toBe('failed: the look ended with 124');
  });

  it('count the voters of etcd; ids stay texts', () => {
    const name = 'etcd has one voter for each control plane';
    expect(judged(name, '8e9e05c52164694d, started, cp1, https://10.0.0.1:2380, https://10.0.0.1:2379, false\nfd422379fda50e48, started, cp2, https://10.0.0.2:2380, https://10.0.0.2:2379, false')).toBe('ok: 2 members, all voters: cp1, cp2');
    expect(judged(name, '8e9e05c52164694d, started, cp1, https://10.0.0.1:2380, https://10.0.0.1:2379, false\nfd422379fda50e48, unstarted, , https://10.0.0.2:2380, , true')).toBe(
      'failed: cp2 is no member\nmember fd422379fda50e48 (without a name) is no control plane\nmember fd422379fda50e48 () is unstarted\nmember fd422379fda50e48 () is a learner: it does not vote',
    );
    expect(judged(name, 'external')).toBe('skipped: etcd is not run by kubeadm here');
  });

  it('see the address of the endpoint where its lease is, and nowhere else', () => {
    const name = '10.0.0.50 is held only where kube-vip says';
    expect(judged(name, 'here eth0 \nlease cp1')).toBe('ok: on eth0 here, and the lease is with this node');
    expect(judged(name, 'here \nlease cp2')).toBe('ok: the lease is with cp2; it is not here');
    expect(judged(name, 'here eth0 \nlease cp2')).toBe('failed: it is on eth0 here, and the lease is with cp2: two nodes have the address');
    expect(judged(name, 'here \nlease cp1')).toBe('failed: the lease is with this node, and the address is on no link of it');
    expect(judged(name, 'here eth0 eth1 \nlease cp1')).toBe('failed: it is on several links here: eth0 eth1');
    expect(judged(name, 'here \nlease ')).toBe('failed: kube-vip has no lease: nobody holds the address');
  });

  it('ask the endpoint from outside; who does not reach it skips, and that is told', () => {
    const name = 'the API answers at 10.0.0.50:6443';
    expect(judged(name, 'curl 0 ok 200\nmacs aa:bb:cc:dd:ee:01 ')).toBe('ok: https://10.0.0.50:6443/livez says ok, aa:bb:cc:dd:ee:01 has the address');
    expect(judged(name, 'curl 7  000')).toBe('failed: https://10.0.0.50:6443/livez does not answer: curl ended with 7: no connection');
    expect(judged(name, 'curl 0 [-]etcd failed 500')).toBe('failed: https://10.0.0.50:6443/livez says [-]etcd failed 500');
    expect(judged(name, 'curl 0 ok 200\nmacs aa:bb:cc:dd:ee:01 aa:bb:cc:dd:ee:02 ')).toBe('failed: several machines answer for 10.0.0.50: aa:bb:cc:dd:ee:01, aa:bb:cc:dd:ee:02');
    expect(judged(name, 'none')).toBe('skipped: there is no curl on this node');
    expect(judged(`${name} from this machine`, 'curl 28  000')).toBe('skipped: this machine does not reach 10.0.0.50:6443 (curl ended with 28: no answer in time); the nodes do the look');
    expect(judged(`${name} from this machine`, 'curl 0 not found 404')).toBe('skipped: what answers this machine at 10.0.0.50:6443 is not the API (not found 404); the nodes do the look');
    expect(judged(`${name} from this machine`, 'curl 0 [-]etcd failed 500')).toBe('failed: https://10.0.0.50:6443/livez says [-]etcd failed 500');
    expect(judged(`${name} from this machine`, 'curl 35  000')).toBe('failed: https://10.0.0.50:6443/livez does not answer: curl ended with 35: TLS failed');
  });

  it('find kube-proxy in the API', () => {
    expect(judged('kube-proxy is not there', '')).toBe('ok: no DaemonSet, no ConfigMap, no pods');
    expect(judged('kube-proxy is not there', 'DaemonSet kube-proxy\nConfigMap kube-proxy\nPod kube-proxy-x7 on w1')).toBe('failed: DaemonSet kube-proxy\nConfigMap kube-proxy\nPod kube-proxy-x7 on w1');
  });

  it('find its chains in every backend', () => {
    expect(judged('no chains of kube-proxy', 'looked iptables-legacy-save\nlooked iptables-nft-save\nlooked nft')).toBe('ok: none in iptables-legacy-save, iptables-nft-save, nft');
    expect(judged('no chains of kube-proxy', 'looked iptables-legacy-save\niptables-legacy-save KUBE-SVC-NPX46M4PTMTKRN6Y\nlooked nft\nnft table ip kube-proxy\nlooked ipvs\nipvs TCP  0A600001:01BB rr')).toBe('failed: iptables-legacy-save KUBE-SVC-NPX46M4PTMTKRN6Y\nnft table ip kube-proxy\nipvs TCP  0A600001:01BB rr');
    expect(judged('no chains of kube-proxy', 'unread nft')).toBe('skipped: there is no iptables, nft or ipvs to look at on this node');
  });

  it('know what pools have left', () => {
    const full = 'pool|lan|cilium.io/PoolConflict=False=|cilium.io/IPsTotal=Unknown=30|cilium.io/IPsAvailable=Unknown=0|cilium.io/IPsUsed=Unknown=30';
    expect(judged('pools have addresses', `${full.replace('=0|', '=28|').replace('IPsUsed=Unknown=30', 'IPsUsed=Unknown=2')}\nservice|default/web|10.0.1.1`)).toBe('ok: lan: 2 of 30 in use');
    expect(judged('pools have addresses', `${full}\nservice|default/web|`)).toBe('failed: lan has none of its 30 addresses left\ndefault/web waits for an address');
    expect(judged('pools have addresses', 'pool|other|cilium.io/PoolConflict=True=overlaps with lan')).toBe('failed: there is no pool lan\nother is in conflict: overlaps with lan');
  });

  it('want a lease for each service, and tell who holds them', () => {
    const name = 'every announced service has a lease';
    expect(judged(name, 'service a web 10.0.1.1\nservice a db 10.0.1.2\nlease cilium-l2announce-a-web cp1\nlease cilium-l2announce-a-db cp1')).toBe('ok: 2 leases: cp1 2 (all on one node: it fails, and all move)');
    expect(judged(name, 'service a web 10.0.1.1\nservice a db 10.0.1.2\nlease cilium-l2announce-a-web cp1')).toBe('failed: a/db (10.0.1.2) is announced by nobody');
    expect(judged(name, 'service a web ')).toBe('skipped: no service has an address of a load balancer');
  });

  it('want the class of gateways accepted, and the relay there', () => {
    expect(judged('the class of gateways is accepted', 'True|Accepted|Valid GatewayClass\nthere')).toBe('ok: cilium is accepted (Accepted)');
    expect(judged('the class of gateways is accepted', 'Unknown|Pending|Waiting for controller\nthere')).toBe('failed: cilium is not accepted: Pending: Waiting for controller');
    expect(judged('the class of gateways is accepted', '')).toBe('failed: there is no GatewayClass cilium');
    expect(judged('Hubble relay is available', '1|1')).toBe('ok: 1 of 1 available');
    expect(judged('Hubble relay is available', '1|')).toBe('failed: 0 of 1 available');
    expect(judged('Hubble relay is available', '')).toBe('failed: there is no hubble-relay');
  });

  it('are skipped with the reason where the inventory has no such thing; a skip is no check', () => {
    const bare = checksOf({ ...expected, cilium: false, kubeVip: false, hubble: false, gatewayApi: false, pools: [], l2: false });
    const skips = [...bare.cluster, ...bare.controlPlane('cp1'), ...bare.node].flatMap(({ name, skip }) => (skip === undefined ? [] : [`${name}: ${skip}`]));
    expect(skips).toEqual([
      'kube-proxy is not there: cilium is false in the inventory: something else takes care of services',
      'agents of Cilium: cilium is false in the inventory',
      'pools have addresses: the inventory has no pools',
      'every announced service has a lease: the inventory has no announcements',
      'the class of gateways is accepted: gatewayApi is false in the inventory',
      'Hubble sees flows: hubble is false in the inventory',
      'the address of the endpoint is held once: kubeVip is false in the inventory',
      'no chains of kube-proxy: cilium is false in the inventory',
    ]);
  });
});

describe('their scripts', () => {
  it('are understood by POSIX shells', () => {
    const { addresses, pods, nameInPod } = smoke({ image: 'agnhost', balanced: true });
    const scripts = [...join(every.flatMap(({ check }) => (check ? [check.reading] : []))).scripts, addresses, pods, nameInPod('cluster.local')];
    const known: readonly (readonly [string, ...string[]])[] = allShells.map((shell) => (shell === 'busybox sh' ? ['busybox', 'sh'] : shell === 'bash' ? ['bash', '--posix'] : ['dash']));
    expect(scripts.flatMap((script) => known.flatMap((shell) => syntaxError(script, shell) ?? []))).toEqual([]);
  });

  it('are read once for all checks of one thing', () => {
    const cilium = all.cluster.flatMap(({ name, check }) => (check && /Cilium|packets|masquerading|routing on|Hubble sees/.test(name) ? [check.reading] : []));
    expect(cilium.length).toBe(8);
    expect(join(cilium).scripts.length).toBe(1);
  });
});
