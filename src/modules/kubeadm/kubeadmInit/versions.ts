import { type Refusal, refuse } from '../../../contract/index.ts';

/** kubeadm 1.32.0 does not keep to proxy.disabled when it upgrades. Source: kubernetes/kubeadm #3137. */
export const unfitVersion = (version: string, kubeProxy: boolean): Refusal | undefined =>
  version === 'v1.32.0' && !kubeProxy
    ? refuse('kubeadm 1.32.0 brings kube-proxy back with the next upgrade', 'it does not keep to proxy.disabled (kubernetes/kubeadm #3137)', { hint: 'Choose 1.32.1 or newer.', final: true })
    : undefined;

/** By minor, the patches from which and until which init speaks to the API by the endpoint instead of by this node. */
const byEndpoint: Readonly<Record<string, readonly [number, number]>> = { '1.34': [2, 8], '1.35': [0, 5], '1.36': [0, 1] };

/**
 * Whether this kubeadm needs the endpoint before there is anything behind it: it fails then when the address comes up late, and
 * succeeds when it is tried again. Source: kubernetes/kubeadm #3294, kubernetes #138449.
 */
export function needsEndpointEarly(version: string): boolean {
  const [major, minor, patch = '0'] = version.replace(/^v/, '').split('.');
  const [from, until] = byEndpoint[`${major}.${minor}`] ?? [0, 0];
  const at = Number.parseInt(patch, 10);
  return at >= from && at < until;
}
