import { broken, type Finding, untested } from '../finding.ts';
import type { ClusterSpec } from '../spec/index.ts';
import { isAtLeast, versionsOf } from '../versions.ts';
import { unknownKeys } from '../cilium/keys.ts';

/** What the free-form values of Cilium say that its chart ignores, and what cannot be together. Cilium documentation, Helm reference by version. */
export function valueFindings(spec: ClusterSpec): Finding[] {
  const { cilium } = spec;
  const version = versionsOf(spec).cilium;
  if (cilium === false || version === undefined) return [];
  const unknown = unknownKeys(cilium.values, version).map(({ key, knownTo, instead }) =>
    broken(`cilium.values.${key}`, knownTo === undefined ? `no chart of Cilium knows it, and the chart would ignore it without a word` : `the chart of Cilium ${version} does not know it (${knownTo} did), and would ignore it without a word`, {
      path: ['cilium', 'values', ...key.split('.')],
      hint: instead === undefined ? 'Take it out, or look for its name in the Helm reference of this version.' : instead.startsWith('nothing') ? `Take it out; in its place there is ${instead}.` : `Write ${instead}.`,
    }),
  );
  return [...unknown, ...ofReplacement(cilium.values), ...ofCombinations(spec, version)];
}

function ofReplacement(values: Readonly<Record<string, unknown>>): Finding[] {
  const wanted = values.kubeProxyReplacement;
  if (wanted === undefined || wanted === true || wanted === 'true') return [];
  return [broken('cilium.values.kubeProxyReplacement', `it is ${JSON.stringify(wanted)}, and there is no kube-proxy in this cluster`, { path: ['cilium', 'values', 'kubeProxyReplacement'], source: 'Cilium charts from 1.16: only true and false', hint: 'Take it out: Plinth sets it to true.' })];
}

function ofCombinations({ cilium, gatewayApi, hubble, loadBalancer }: ClusterSpec, version: string): Finding[] {
  if (cilium === false) return [];
  const { features, routing, encryption } = cilium;
  const refuse = (key: keyof typeof features, what: string, hint: string, source = 'Cilium documentation, network/kubernetes/kubeproxy-free and operations/performance/tuning'): Finding[] => (features[key] === 'on' ? [broken(`cilium.features.${key}`, what, { path: ['cilium', 'features', key], hint, source })] : []);
  const isTunnel = routing !== 'native';
  const masquerades = features.ebpfMasquerade !== 'off';
  return [
    ...(routing === 'vxlan' ? refuse('dsr', 'direct server return does not work through a vxlan tunnel', 'Use routing: native or geneve, or dsr: off.') : []),
    ...(isTunnel ? [...refuse('bigTcpIpv4', 'BIG TCP needs native routing', 'Use routing: native, or leave it off.'), ...refuse('bigTcpIpv6', 'BIG TCP needs native routing', 'Use routing: native, or leave it off.')] : []),
    ...(encryption === 'none' ? [] : [...refuse('bigTcpIpv4', 'BIG TCP does not work with encryption', 'Choose one of the two.'), ...refuse('bigTcpIpv6', 'BIG TCP does not work with encryption', 'Choose one of the two.')]),
    ...(isTunnel || !masquerades ? refuse('noConntrackRules', 'bypassing conntrack needs native routing and eBPF masquerading', 'Use routing: native and ebpfMasquerade, or leave it auto.') : []),
    ...(masquerades ? [] : refuse('hostRouting', 'host routing by eBPF needs eBPF masquerading', 'Leave ebpfMasquerade auto.')),
    ...(features.bandwidthManager === 'off' ? refuse('bbr', 'BBR is a part of the bandwidth manager', 'Leave bandwidthManager auto.') : []),
    ...(features.hostRouting === 'off' ? refuse('bbr', 'BBR for pods needs host routing by eBPF', 'Leave hostRouting auto.') : []),
    ...(encryption === 'ipsec' ? refuse('hostRouting', 'with IPsec it needs a kernel whose mend cannot be told by its version', 'Leave it auto, which then means off.', 'Cilium 1.19 upgrade notes') : []),
    ...(gatewayApi !== false && cilium.values.l7Proxy === false ? [broken('gatewayApi', 'Cilium serves gateways by its L7 proxy, and values turn it off', { path: ['cilium', 'values', 'l7Proxy'], hint: 'Take l7Proxy out of the values.' })] : []),
    ...(loadBalancer.l2.length > 0 && !isAtLeast(version, '1.19.0') && loadBalancer.pools.some(({ blocks }) => blocks.some((block) => (typeof block === 'string' ? block : block.start).includes(':'))) ? [untested('loadBalancer.pools', `Cilium ${version} announces no IPv6 addresses on the local network`, { path: ['loadBalancer', 'pools'], source: 'cilium/cilium#39648', hint: 'That came with 1.19.' })] : []),
    ...(hubble === false || hubble.history === undefined ? [] : sizeOf(hubble.history)),
  ];
}

function sizeOf({ seconds, flowsPerSecond }: { readonly seconds: number; readonly flowsPerSecond: number }): Finding[] {
  const wanted = seconds * flowsPerSecond;
  return wanted <= 65535 ? [] : [untested('hubble.history', `${wanted} flows are more than the ring of a node can hold: it keeps ${Math.floor(65535 / flowsPerSecond)} s`, { path: ['hubble', 'history'], source: 'Cilium, hubble.eventBufferCapacity: 65535 at most' })];
}
