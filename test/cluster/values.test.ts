import { describe, expect, it } from 'vitest';
import { ringFor } from '../../src/cluster/cilium/values.ts';
import { keysOf, unknownKeys } from '../../src/cluster/cilium/keys.ts';
import { ciliumValues } from '../../src/cluster/index.ts';
import { ciliumMinors } from '../../src/cluster/versions.ts';
import { nodeWith, specWith, three } from './spec.ts';

const everything = { ebpfMasquerade: 'on', hostRouting: 'on', dsr: 'on', bandwidthManager: 'on', bbr: 'on', bigTcpIpv4: 'on', bigTcpIpv6: 'on', netkit: 'on', xdp: 'auto', noConntrackRules: 'on' } as const;

describe('values of Cilium', () => {
  it('replaces kube-proxy, speaks to the endpoint, and has what every node can have', () => {
    expect(ciliumValues(specWith(), three())).toMatchObject({
      kubeProxyReplacement: true,
      k8sServiceHost: '192.168.10.10',
      k8sServicePort: 6443,
      routingMode: 'tunnel',
      tunnelProtocol: 'vxlan',
      ipam: { mode: 'kubernetes' },
      bpf: { masquerade: true },
      bandwidthManager: { enabled: true, bbr: false },
      operator: { replicas: 2 },
    });
  });

  it('asks for images of a bundle by their tags', () => {
    const values = ciliumValues(specWith({ source: { bundle: './bundle' }, hubble: { ui: true } }), three());
    expect(values).toMatchObject({ image: { useDigest: false }, envoy: { image: { useDigest: false } }, hubble: { relay: { enabled: true, image: { useDigest: false } } } });
    expect(ciliumValues(specWith(), three())).not.toHaveProperty('image');
    for (const { patch } of Object.values(ciliumMinors)) expect(unknownKeys(values, patch)).toEqual([]);
  });

  it('leaves out what one node cannot have', () => {
    const old = nodeWith('cp2', { facts: { kernel: { release: '5.10.0-32-amd64', version: [5, 10, 0], config: null, cmdline: '' } } });
    const spec = specWith({ cilium: { routing: 'native', features: { bigTcpIpv4: 'auto', netkit: 'auto' } } });
    const values = ciliumValues(spec, [nodeWith('cp1'), old, nodeWith('cp3')]);
    expect(values).not.toHaveProperty('enableIPv4BIGTCP');
    expect(values.bpf).not.toHaveProperty('datapathMode');
  });

  it('turns off what stands on something that is off', () => {
    const values = ciliumValues(specWith({ cilium: { routing: 'native', features: { ebpfMasquerade: 'off' } } }), three());
    expect(values).toMatchObject({ bpf: { masquerade: false, hostLegacyRouting: true } });
    expect(values).not.toHaveProperty('installNoConntrackIptablesRules');
  });

  it('runs one operator where there is one node: the second would wait for ever', () => {
    expect(ciliumValues(specWith(), [nodeWith('cp1')])).toMatchObject({ operator: { replicas: 1 } });
  });

  it('merges free-form values last, and null takes away', () => {
    expect(ciliumValues(specWith({ cilium: { values: { operator: { replicas: 3 }, rollOutCiliumPods: null, debug: { enabled: true } } } }), three())).toMatchObject({ operator: { replicas: 3 }, debug: { enabled: true } });
    expect(ciliumValues(specWith({ cilium: { values: { rollOutCiliumPods: null } } }), three())).not.toHaveProperty('rollOutCiliumPods');
  });

  it.each(Object.values(ciliumMinors).map(({ patch }) => patch))('writes no key that the chart of %s does not know', (version) => {
    const spec = specWith({ cilium: { version, routing: 'native', encryption: 'none', devices: ['eno1'], features: everything }, gatewayApi: {}, hubble: { ui: true, metrics: ['dns'], history: { seconds: 60 } }, loadBalancer: { l2: [{ name: 'lan' }] } });
    expect(unknownKeys(ciliumValues(spec, three()), version)).toEqual([]);
  });

  it.each([
    [1, 1],
    [4095, 4095],
    [4096, 8191],
    [18_000, 32_767],
    [1_000_000, 65_535],
  ])('keeps %i flows in a ring of %i', (flows, ring) => expect(ringFor(flows)).toBe(ring));
});

describe('keys of the chart', () => {
  it('knows those of each minor', () => {
    expect(keysOf('1.16.0')).toContain('externalIPs.enabled');
    expect(keysOf('1.17.0')).not.toContain('externalIPs.enabled');
  });

  it('lets anything stand below a key that takes a map', () => {
    expect(unknownKeys({ nodeSelector: { disk: 'ssd' }, extraConfig: { 'bpf-lb-sock': 'true' }, global: { x: 1 } }, '1.20.1')).toEqual([]);
  });

  it('says where a key was known, or which one was meant', () => {
    expect(unknownKeys({ nodePort: { enabled: true } }, '1.20.1')).toEqual([{ key: 'nodePort.enabled', knownTo: '1.13 to 1.18', instead: expect.stringContaining('nothing') as string }]);
    expect(unknownKeys({ routingMod: 'native' }, '1.20.1')).toEqual([{ key: 'routingMod', instead: 'routingMode' }]);
  });
});
