/** What the cluster is to be, as far as it is checked. */
export interface Expected {
  /** `v1.36.2` */
  readonly kubernetes: string;
  readonly nodes: readonly ExpectedNode[];
  readonly endpoint: { readonly host: string; readonly port: number; readonly address?: string | undefined };
  /** Who holds the endpoint. */
  readonly kubeVip: 'arp' | 'bgp' | false;
  readonly cilium: ExpectedCilium | false;
  /** Names of pools of addresses. */
  readonly pools: readonly string[];
  /** Addresses are announced on the local network. */
  readonly l2: boolean;
  readonly gatewayApi: boolean;
  readonly hubble: { readonly relay: boolean } | false;
}

export interface ExpectedNode {
  /** Of its Node object. */
  readonly name: string;
  readonly role: 'controlPlane' | 'worker';
}

export interface ExpectedCilium {
  readonly routing: 'vxlan' | 'geneve' | 'native';
  /** `on` must be so; `auto` and `off` are told. */
  readonly ebpfMasquerade: 'auto' | 'on' | 'off';
  readonly hostRouting: 'auto' | 'on' | 'off';
}
