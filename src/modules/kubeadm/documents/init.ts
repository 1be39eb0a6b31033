import type { Mapping } from '../../config/keyed/value.ts';
import type { Endpoint } from '../args/fields.ts';
import { description } from '../kubeadmToken/description.ts';
import { apiVersionOf, isMinor, timeoutsOf } from './api.ts';
import { merged, said } from './document.ts';
import { nodeRegistration, type NodeSettings } from './node.ts';

export interface InitSettings extends NodeSettings {
  readonly endpoint: Endpoint;
  readonly bindPort: number;
  readonly clusterName: string;
  readonly podSubnets: readonly string[];
  readonly serviceSubnets: readonly string[];
  readonly dnsDomain: string;
  readonly certSANs: readonly string[];
  readonly imageRepository?: string | undefined;
  readonly featureGates: Readonly<Record<string, boolean>>;
  readonly kubeProxy: boolean;
  readonly skipPhases: readonly string[];
  readonly patches?: string | undefined;
  readonly timeouts: Readonly<Record<string, string>>;
  readonly override: { readonly init: Mapping; readonly cluster: Mapping; readonly kubelet: Mapping };
}

/**
 * What `kubeadm init --config` reads: InitConfiguration, ClusterConfiguration, KubeletConfiguration. kube-proxy is left out twice,
 * as a phase and (v1beta4) as a setting that stays in the cluster, for an upgrade would bring it back.
 */
export function initDocuments(settings: InitSettings): readonly Mapping[] {
  const { version, endpoint, nodeIp, bindPort, kubeProxy, skipPhases, patches, timeouts, override } = settings;
  const apiVersion = apiVersionOf(version);
  const isNew = isMinor(version, 31);
  const phases = [...new Set([...(kubeProxy ? [] : ['addon/kube-proxy']), ...skipPhases])];
  const init = said({
    apiVersion,
    kind: 'InitConfiguration',
    // Without this kubeadm makes a token that is good for a day, and nobody uses it. It chooses the token itself.
    bootstrapTokens: [{ description, ttl: '30m0s' }],
    nodeRegistration: nodeRegistration(settings),
    localAPIEndpoint: { advertiseAddress: nodeIp, bindPort },
    skipPhases: phases.length > 0 ? phases : undefined,
    patches: { directory: patches },
    timeouts: timeoutsOf(version, timeouts),
  });
  const certSANs = [...new Set([endpoint.host, ...(endpoint.address === undefined ? [] : [endpoint.address]), ...settings.certSANs])];
  const cluster = said({
    apiVersion,
    kind: 'ClusterConfiguration',
    clusterName: settings.clusterName,
    kubernetesVersion: version,
    controlPlaneEndpoint: endpointOf(endpoint),
    networking: { podSubnet: settings.podSubnets.join(','), serviceSubnet: settings.serviceSubnets.join(','), dnsDomain: settings.dnsDomain },
    imageRepository: settings.imageRepository,
    featureGates: settings.featureGates,
    apiServer: { certSANs, timeoutForControlPlane: isNew ? undefined : timeouts.controlPlaneComponentHealthCheck },
    proxy: { disabled: isNew && !kubeProxy ? true : undefined },
  });
  const kubelet = { apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration', cgroupDriver: 'systemd' };
  return [merged(init, override.init), merged(cluster, override.cluster), merged(kubelet, override.kubelet)];
}

/** `10.0.0.100:6443`, `[fd00::1]:6443`. */
export const endpointOf = ({ host, port }: Pick<Endpoint, 'host' | 'port'>): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;
