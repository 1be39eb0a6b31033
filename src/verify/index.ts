import type { Check } from '../contract/index.ts';
import { agentChecks, agentStatus, hubbleHistory } from './cilium.ts';
import { etcdVoters } from './etcd.ts';
import type { Expected } from './input.ts';
import { noKubeProxy, noServiceChains } from './kube-proxy.ts';
import { nodesReady } from './nodes.ts';
import { gatewayClass, hubbleRelay, leases, poolUsage } from './services.ts';
import { endpointAnswers, vipHeldOnce } from './vip.ts';

export type { Expected, ExpectedCilium, ExpectedNode } from './input.ts';
export { smoke, type Smoke } from './smoke.ts';

/** A check, or why it is not made: a skip is told, and is no success. */
export type Item = { readonly name: string; readonly check: Check; readonly skip?: never } | { readonly name: string; readonly skip: string; readonly check?: never };

export interface Checks {
  /** Of the cluster as a whole: on one control plane, whichever. */
  readonly cluster: readonly Item[];
  /** On every control plane, by the name of its Node object. */
  controlPlane(node: string): readonly Item[];
  /** On every node. */
  readonly node: readonly Item[];
  /** From the machine that Plinth runs on. */
  readonly controller: readonly Item[];
}

/** Everything that must hold of a cluster. */
export function checksOf(expected: Expected): Checks {
  const { kubernetes, nodes, endpoint, kubeVip, cilium, pools, l2, gatewayApi, hubble } = expected;
  const item = (check: Check): Item => ({ name: check.name, check });
  const off = (name: string, skip: string): Item => ({ name, skip });
  const agents = agentStatus();
  const withCilium = cilium !== false;
  return {
    cluster: [
      item(nodesReady(kubernetes, nodes)),
      item(etcdVoters(nodes)),
      withCilium ? item(noKubeProxy()) : off('kube-proxy is not there', 'cilium is false in the inventory: something else takes care of services'),
      ...(cilium === false ? [off('agents of Cilium', 'cilium is false in the inventory')] : agentChecks(cilium, agents).map(item)),
      withCilium && pools.length > 0 ? item(poolUsage(pools)) : off('pools have addresses', 'the inventory has no pools'),
      withCilium && l2 ? item(leases()) : off('every announced service has a lease', 'the inventory has no announcements'),
      withCilium && gatewayApi ? item(gatewayClass()) : off('the class of gateways is accepted', 'gatewayApi is false in the inventory'),
      ...(withCilium && hubble !== false ? [hubble.relay ? item(hubbleRelay()) : off('Hubble relay is available', 'hubble.relay is false in the inventory'), item(hubbleHistory(agents))] : [off('Hubble sees flows', 'hubble is false in the inventory')]),
    ],
    controlPlane: (node) => [kubeVip === 'arp' ? item(vipHeldOnce(endpoint.address ?? endpoint.host, node)) : off('the address of the endpoint is held once', kubeVip === 'bgp' ? 'with BGP every healthy control plane announces it' : 'kubeVip is false in the inventory')],
    node: [item(endpointAnswers(expected, 'node')), withCilium ? item(noServiceChains()) : off('no chains of kube-proxy', 'cilium is false in the inventory')],
    controller: [item(endpointAnswers(expected, 'controller'))],
  };
}
