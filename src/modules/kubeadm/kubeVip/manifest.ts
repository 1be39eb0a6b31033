import { merged, said, yamlStream } from '../documents/document.ts';
import type { KubeVipArgs } from './args.ts';

/** Which kubeconfig the pod uses. That of the administrator has no rights before init has come to its end. */
export type Kubeconfig = 'admin.conf' | 'super-admin.conf';

export const manifestPath = '/etc/kubernetes/manifests/kube-vip.yaml';

/**
 * The static pod. It finds the API by the name `kubernetes`, which leads to its own node: by the address it would need what it is
 * there to bring. hostPath of type File: the kubelet would make a directory of what is not there yet. Services are not its
 * business: Cilium announces those. Sources: kube-vip documentation (static pods, flags), its config_generator.
 */
export function manifest(args: KubeVipArgs, nic: string, kubeconfig: Kubeconfig): string {
  const { version, image, override } = args;
  const env = { ...modeEnv(args, nic), ...args.env };
  const pod = said({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'kube-vip', namespace: 'kube-system' },
    spec: {
      containers: [
        said({
          name: 'kube-vip',
          image: image ?? `ghcr.io/kube-vip/kube-vip:${version}`,
          imagePullPolicy: 'IfNotPresent',
          args: ['manager'],
          env: [...Object.entries(env).map(([name, value]) => ({ name, value })), ...('vip_nodename' in env ? [] : [{ name: 'vip_nodename', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }])],
          securityContext: { capabilities: { add: ['NET_ADMIN', 'NET_RAW'], drop: ['ALL'] } },
          volumeMounts: [{ mountPath: '/etc/kubernetes/admin.conf', name: 'kubeconfig', readOnly: true }],
        }),
      ],
      hostAliases: [{ hostnames: ['kubernetes'], ip: '127.0.0.1' }],
      hostNetwork: true,
      priorityClassName: 'system-node-critical',
      volumes: [{ hostPath: { path: `/etc/kubernetes/${kubeconfig}`, type: 'File' }, name: 'kubeconfig' }],
    },
  });
  return `# Written by Plinth.\n${yamlStream([merged(pod, override)])}`;
}

/** As the configuration of kube-vip reads it from its environment. */
function modeEnv({ mode, bgp, address, nodeIp, bindPort, endpoint, version, metricsPort }: KubeVipArgs, nic: string): Record<string, string> {
  const length = address.includes(':') ? '128' : '32';
  const common = {
    port: String(endpoint.port),
    vip_interface: nic,
    // Called vip_cidr before 0.9.0. Without a slash: kube-vip puts it there.
    [isBefore(version, 0, 9) ? 'vip_cidr' : 'vip_subnet']: length,
    cp_enable: 'true',
    cp_namespace: 'kube-system',
    address,
    prometheus_server: `:${metricsPort}`,
    ...(bindPort === endpoint.port ? {} : { kubernetes_addr: `https://kubernetes:${bindPort}` }),
  };
  if (mode === 'arp' || !bgp) {
    return { vip_arp: 'true', ...common, vip_leaderelection: 'true', vip_leasename: 'plndr-cp-lock', vip_leaseduration: '15', vip_renewdeadline: '10', vip_retryperiod: '2' };
  }
  const peers = bgp.peers.map((peer) => `${peer.address.includes(':') ? `[${peer.address}]` : peer.address}:${peer.as}::${peer.multihop}`);
  return {
    bgp_enable: 'true',
    ...common,
    bgp_routerid: bgp.routerId ?? nodeIp,
    bgp_as: String(bgp.as),
    bgp_peers: peers.join(','),
    // A node whose API is not well stops announcing the address.
    control_plane_health_check_address: `https://localhost:${bindPort}/livez`,
    control_plane_health_check_ca_path: '/etc/kubernetes/pki/ca.crt',
  };
}

const isBefore = (version: string, major: number, minor: number): boolean => {
  const [is = 0, at = 0] = version.replace(/^v/, '').split('.').map(Number);
  return is < major || (is === major && at < minor);
};
