import { describe, expect, it } from 'vitest';
import { compatibility, type ClusterNode, type ClusterSpecInput } from '../../src/cluster/index.ts';
import { nodeWith, specWith, three } from './spec.ts';

interface Row {
  readonly what: string;
  readonly spec?: Partial<ClusterSpecInput>;
  readonly nodes?: readonly ClusterNode[];
  readonly says: RegExp;
  readonly hint: RegExp;
}

/** By the numbers of traps in the domain notes, where they have one. */
const refused: readonly Row[] = [
  { what: '1: a kubeadm that brings kube-proxy back', spec: { kubernetes: { version: '1.32.0' } }, says: /brings kube-proxy back/, hint: /1\.32\.1/ },
  { what: 'a Kubernetes out of another time', spec: { kubernetes: { version: '1.24.3' } }, says: /older than what Plinth/, hint: /1\.30/ },
  { what: '5: a kube-vip that locks itself out', spec: { kubeVip: { version: 'v1.2.2' } }, says: /through the address it should bring up/, hint: /v1\.2\.3/ },
  { what: '10: pods where the nodes are', spec: { network: { pods: ['192.168.0.0/16'], services: ['10.96.0.0/12'] } }, says: /192\.168\.0\.0\/16 and 192\.168\.10\.10 overlap/, hint: /its own addresses/ },
  { what: '10: pods where the services are', spec: { network: { pods: ['10.0.0.0/8'], services: ['10.96.0.0/12'] } }, says: /10\.0\.0\.0\/8 and 10\.96\.0\.0\/12 overlap/, hint: /its own addresses/ },
  { what: '10: a pool with a node in it', spec: { loadBalancer: { pools: [{ name: 'lan', blocks: [{ start: '192.168.10.12', stop: '192.168.10.40' }] }] } }, says: /192\.168\.10\.12-192\.168\.10\.40 and 192\.168\.10\.13 overlap/, hint: /its own/ },
  { what: '10: a pool with the endpoint in it', spec: { loadBalancer: { pools: [{ name: 'lan', blocks: ['192.168.10.8/29'] }] } }, says: /192\.168\.10\.10 overlap/, hint: /its own/ },
  { what: '10: a pool with the gateway in it', spec: { loadBalancer: { pools: [{ name: 'lan', blocks: [{ start: '192.168.10.1' }] }] } }, says: /overlap/, hint: /its own/ },
  { what: '10: two pools with the same addresses', spec: { loadBalancer: { pools: [{ name: 'a', blocks: ['192.168.10.192/27'] }, { name: 'b', blocks: [{ start: '192.168.10.200', stop: '192.168.10.201' }] }] } }, says: /192\.168\.10\.192\/27/, hint: /its own/ },
  { what: 'a pool that ends before it begins', spec: { loadBalancer: { pools: [{ name: 'lan', blocks: [{ start: '192.168.10.40', stop: '192.168.10.20' }] }] } }, says: /ends before it begins/, hint: /^$/ },
  { what: '11: XDP on a card that cannot', spec: { cilium: { features: { xdp: 'on' } } }, says: /not possible on every node.*e1000e/, hint: /auto or off/ },
  { what: '13: direct server return through vxlan', spec: { cilium: { features: { dsr: 'on' } } }, says: /vxlan/, hint: /geneve/ },
  { what: '14: BIG TCP through a tunnel', spec: { cilium: { features: { bigTcpIpv4: 'on' } } }, says: /native routing/, hint: /native/ },
  { what: '14: BIG TCP with encryption', spec: { cilium: { routing: 'native', encryption: 'wireguard', features: { bigTcpIpv6: 'on' } } }, says: /encryption/, hint: /one of the two/ },
  { what: '16: a key that was taken out', spec: { cilium: { version: '1.19.7', values: { externalIPs: { enabled: true } } } }, says: /chart of Cilium 1\.19\.7 does not know it/, hint: /Take it out/ },
  { what: '17: a key out of another time', spec: { cilium: { values: { tunnel: 'disabled' } } }, says: /tunnel/, hint: /routingMode/ },
  { what: '17: strict', spec: { cilium: { values: { kubeProxyReplacement: 'strict' } } }, says: /"strict"/, hint: /Take it out/ },
  { what: '43: a key that never was', spec: { cilium: { values: { hubble: { bufferSize: 16383 } } } }, says: /hubble\.bufferSize/, hint: /eventBufferCapacity/ },
  { what: 'a misspelt key', spec: { cilium: { values: { bpf: { mapDynamicSizeRatoi: 0.08 } } } }, says: /bpf\.mapDynamicSizeRatoi/, hint: /bpf\.mapDynamicSizeRatio/ },
  { what: '18: CRDs that are too new', spec: { gatewayApi: { version: 'v1.5.0' }, cilium: { version: '1.19.7' }, kubernetes: { version: 'v1.35.6' } }, says: /TLSRoute v1alpha2/, hint: /v1\.4\.1/ },
  { what: '19: CRDs that are too old', spec: { gatewayApi: { version: 'v1.3.0' }, cilium: { version: '1.20.3' } }, says: /ReferenceGrant/, hint: /v1\.6\.1/ },
  { what: '28: cgroups of version 1', nodes: [nodeWith('cp1', { facts: { cgroup: 'hybrid' } })], says: /version 1 \(hybrid\)/, hint: /failCgroupV1/ },
  { what: '41: BBR without host routing', spec: { cilium: { features: { bbr: 'on', hostRouting: 'off' } } }, says: /BBR for pods needs/, hint: /hostRouting auto/ },
  { what: '46: IPsec with host routing', spec: { cilium: { encryption: 'ipsec', features: { hostRouting: 'on' } } }, says: /IPsec/, hint: /auto/ },
  { what: '54: a native CIDR for four nodes', spec: { cilium: { routing: 'native', nativeCidr: '10.244.0.0/22' } }, says: /does not hold the whole network/, hint: /Leave it out/ },
  { what: 'a wrong interface', spec: { kubeVip: { interface: 'eth7' } }, says: /no link eth7 on cp1/, hint: /Leave `interface` out/ },
  { what: 'an endpoint in another network', spec: { endpoint: { host: '10.1.2.3' } }, says: /10\.1\.2\.3 is in no network of any link on cp1/, hint: /free address/ },
  { what: 'an L2 policy for links that nobody has', spec: { loadBalancer: { pools: [{ name: 'lan', blocks: ['192.168.10.192/27'] }], l2: [{ name: 'lan', interfaces: ['^wlan[0-9]'] }] } }, says: /\^wlan\[0-9\] meets no link/, hint: /regular expressions/ },
  { what: 'a kernel that is too old', nodes: [nodeWith('cp1', { facts: { kernel: { release: '4.15.0-20-generic', version: [4, 15, 0], config: null, cmdline: '' } } })], says: /needs kernel 5\.10/, hint: /newer kernel/ },
  { what: 'a nodeIp of another machine', nodes: [{ ...nodeWith('cp1'), address: '192.168.10.99' }], says: /192\.168\.10\.99 is no address of cp1/, hint: /one of them/ },
  { what: '53: no nodeIp', nodes: [{ ...nodeWith('cp1'), address: undefined }], says: /has none/, hint: /the endpoint for its own/ },
  { what: 'copies of one machine', nodes: [nodeWith('cp1'), nodeWith('cp2', { facts: { machineId: 'cp1' } }), nodeWith('cp3')], says: /cp1 and cp2 have the same one/, hint: /machine-id/ },
  { what: 'no control plane', nodes: [nodeWith('w1', { role: 'worker' })], says: /controlPlane is empty/, hint: /one host or three/ },
  { what: 'gateways without the L7 proxy', spec: { gatewayApi: {}, cilium: { values: { l7Proxy: false } } }, says: /L7 proxy/, hint: /l7Proxy/ },
];

describe('compatibility', () => {
  it('finds nothing broken in a spec that is sound', () => {
    expect(compatibility(specWith(), three()).filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
  });

  it.each(refused)('refuses $what', ({ spec, nodes = three(), says, hint }) => {
    const broken = compatibility(specWith(spec), nodes).filter(({ verdict }) => verdict === 'broken');
    const met = broken.find((finding) => says.test(`${finding.subject}: ${finding.what}`));
    expect(met, JSON.stringify(broken)).toBeDefined();
    expect(met?.hint ?? '').toMatch(hint);
  });

  it('calls what nobody tests untested, and says what they do test', () => {
    const found = compatibility(specWith({ kubernetes: { version: '1.35.6' }, cilium: { version: '1.18.6' } }), three());
    expect(found.filter(({ verdict }) => verdict === 'untested')).toMatchObject([{ subject: 'Cilium 1.18.6 with Kubernetes v1.35.6', what: 'the authors of Cilium test with 1.30 to 1.33', hint: '1.19.7 is nearer to it.' }]);
  });

  it('says that two control planes bear no loss', () => {
    expect(compatibility(specWith(), [nodeWith('cp1'), nodeWith('cp2')]).filter(({ verdict }) => verdict === 'untested')).toMatchObject([{ subject: 'control planes' }]);
  });

  it('takes cgroups of version 1 where the kubelet is told to', () => {
    const spec = specWith({ kubernetes: { version: 'v1.36.2', override: { kubelet: { failCgroupV1: false } } } });
    expect(compatibility(spec, [nodeWith('cp1', { facts: { cgroup: 'v1' } })]).filter(({ verdict }) => verdict === 'broken')).toEqual([]);
  });

  it('lets a single control plane be its own endpoint', () => {
    const spec = specWith({ endpoint: { host: '192.168.10.11' }, kubeVip: false });
    expect(compatibility(spec, [nodeWith('cp1')]).filter(({ verdict }) => verdict === 'broken')).toEqual([]);
  });
});
