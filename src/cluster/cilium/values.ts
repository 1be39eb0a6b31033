import { fleetAdvice } from '../../advise/fleet.ts';
import type { ClusterNode } from '../node.ts';
import type { ClusterSpec } from '../spec/index.ts';
import { versionsOf } from '../versions.ts';
import { adviceOf, itemOf } from './advice.ts';
import { type Json, mergeJson } from './merge.ts';

/**
 * The chart's values for a spec on these nodes: in the place of kube-proxy, with every feature that is wanted and that all nodes
 * can have. What the spec says free-form is merged last. Source: Helm reference of Cilium 1.16 to 1.20.
 */
export function ciliumValues(spec: ClusterSpec, nodes: readonly ClusterNode[]): Record<string, Json> {
  const { cilium, endpoint, network, hubble, gatewayApi, loadBalancer } = spec;
  const version = versionsOf(spec).cilium;
  if (cilium === false || version === undefined) return {};
  const has = featuresOf(spec, nodes);
  const isNative = cilium.routing === 'native';
  const isDual = network.pods.length > 1;
  const [pods4, pods6] = [network.pods.find((cidr) => !cidr.includes(':')), network.pods.find((cidr) => cidr.includes(':'))];
  const values: Record<string, Json> = {
    cluster: { name: spec.name },
    kubeProxyReplacement: true,
    // The address behind which the API is without anybody's help: a ClusterIP would need what it is to bring.
    k8sServiceHost: endpoint.host,
    k8sServicePort: endpoint.port,
    ipam: { mode: 'kubernetes' },
    operator: { replicas: nodes.length > 1 ? 2 : 1 },
    ...(isNative ? { routingMode: 'native', autoDirectNodeRoutes: true } : { routingMode: 'tunnel', tunnelProtocol: cilium.routing }),
    ...(isNative && pods4 !== undefined ? { ipv4NativeRoutingCIDR: cilium.nativeCidr ?? pods4 } : {}),
    ...(isNative && pods6 !== undefined ? { ipv6NativeRoutingCIDR: pods6 } : {}),
    ...(pods6 === undefined ? {} : { ipv6: { enabled: true }, ...(isDual ? {} : { ipv4: { enabled: false } }) }),
    ...(cilium.devices.length === 0 ? {} : { devices: cilium.devices }),
    bpf: {
      masquerade: has('ebpfMasquerade'),
      ...(cilium.features.hostRouting === 'auto' && has('hostRouting') ? {} : { hostLegacyRouting: !has('hostRouting') }),
      ...(has('netkit') ? { datapathMode: 'netkit' } : {}),
    },
    loadBalancer: {
      algorithm: cilium.loadBalancerAlgorithm,
      mode: has('dsr') ? 'dsr' : 'snat',
      ...(has('dsr') && !isNative ? { dsrDispatch: 'geneve' } : {}),
      ...(cilium.features.xdp === 'off' ? {} : { acceleration: has('xdp') ? 'native' : 'best-effort' }),
    },
    ...(has('noConntrackRules') ? { installNoConntrackIptablesRules: true } : {}),
    ...(has('bandwidthManager') ? { bandwidthManager: { enabled: true, bbr: has('bbr') } } : {}),
    ...(has('bigTcpIpv4') ? { enableIPv4BIGTCP: true } : {}),
    ...(has('bigTcpIpv6') ? { enableIPv6BIGTCP: true } : {}),
    ...(cilium.encryption === 'none' ? {} : { encryption: { enabled: true, type: cilium.encryption } }),
    ...(loadBalancer.l2.length === 0 ? {} : { l2announcements: { enabled: true } }),
    ...(gatewayApi === false ? {} : { gatewayAPI: { enabled: true } }),
    hubble: hubbleValues(hubble),
    // A change of the configuration alone restarts no agent otherwise, and the agents would go on as before.
    rollOutCiliumPods: true,
  };
  return mergeJson(spec.source === 'packages' ? values : mergeJson(values, byTag), cilium.values);
}

/** Images of a bundle are imported by their tags, and containerd finds none of them by the digest that the chart would ask for. */
const digestless: Record<string, Json> = { image: { useDigest: false } };
const byTag: Record<string, Json> = { ...digestless, operator: digestless, envoy: digestless, certgen: digestless, hubble: { relay: digestless, ui: { backend: digestless, frontend: digestless } } };

/** Whether a feature is wanted and every node can have it, with what it stands on. */
function featuresOf(spec: ClusterSpec, nodes: readonly ClusterNode[]): (name: string) => boolean {
  const advice = new Map(fleetAdvice(adviceOf(spec, nodes)).map(({ item, verdict }) => [item, verdict]));
  const { cilium } = spec;
  const features: Readonly<Record<string, string>> = cilium === false ? {} : cilium.features;
  const can = (name: string): boolean => ['ok', 'possible'].includes(advice.get(itemOf(name)) ?? '');
  const standsOn: Readonly<Record<string, string>> = { hostRouting: 'ebpfMasquerade', noConntrackRules: 'ebpfMasquerade', bbr: 'bandwidthManager', netkit: 'hostRouting' };
  const has = (name: string): boolean => {
    const below = standsOn[name];
    return features[name] !== 'off' && features[name] !== undefined && can(name) && (below === undefined || has(below));
  };
  return has;
}

function hubbleValues(hubble: ClusterSpec['hubble']): Json {
  if (hubble === false) return { enabled: false };
  const { relay, ui, metrics, history } = hubble;
  return {
    enabled: true,
    relay: { enabled: relay },
    ui: { enabled: ui },
    ...(metrics.length === 0 ? {} : { metrics: { enabled: metrics } }),
    ...(history === undefined ? {} : { eventBufferCapacity: String(ringFor(history.seconds * history.flowsPerSecond)) }),
  };
}

/** The least ring that holds so many flows: its size is a power of two less one, 65535 at most. */
export const ringFor = (flows: number): number => Math.min(65535, 2 ** Math.ceil(Math.log2(Math.max(1, flows) + 1)) - 1);

