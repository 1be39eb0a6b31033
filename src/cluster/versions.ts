import { isAtLeast } from '../advise/versions.ts';
import type { ClusterSpec } from './spec/index.ts';

export { isAtLeast };

/** `1.36` of `v1.36.2`. */
export const minorOf = (version: string): string => version.replace(/^v/, '').split('.').slice(0, 2).join('.');

/** Without the v that some versions carry. */
export const bare = (version: string): string => version.replace(/^v/, '');

/** What is known of a minor of Cilium. Sources: its documentation, network/kubernetes/compatibility, and charts of each version. */
interface CiliumMinor {
  /** The newest patch we know. */
  readonly patch: string;
  /** Minors of Kubernetes that its authors test with, oldest and newest. */
  readonly tested: readonly [string, string];
  /** The version of the CRDs of Gateway API that it is built for. */
  readonly gatewayApi: string;
}

export const ciliumMinors: Readonly<Record<string, CiliumMinor>> = {
  '1.16': { patch: '1.16.19', tested: ['1.27', '1.30'], gatewayApi: 'v1.1.0' },
  '1.17': { patch: '1.17.18', tested: ['1.29', '1.32'], gatewayApi: 'v1.2.0' },
  '1.18': { patch: '1.18.14', tested: ['1.30', '1.33'], gatewayApi: 'v1.3.0' },
  '1.19': { patch: '1.19.7', tested: ['1.32', '1.35'], gatewayApi: 'v1.4.1' },
  // Its list is not published yet: it is built with the client of 1.36.
  '1.20': { patch: '1.20.3', tested: ['1.36', '1.36'], gatewayApi: 'v1.6.1' },
};

/** A Cilium that is tested with a Kubernetes, the newest there is; the newest of all where none is. */
export function ciliumFor(kubernetes: string): string {
  const minor = minorOf(kubernetes);
  const newestFirst = Object.values(ciliumMinors).toReversed();
  const tested = newestFirst.find(({ tested: [from, to] }) => isAtLeast(minor, from) && isAtLeast(to, minor));
  return (tested ?? newestFirst[0])?.patch ?? '1.20.3';
}

/** Every version of a spec, those filled in that it left to us. */
export interface Versions {
  readonly kubernetes: string;
  readonly cilium: string | undefined;
  readonly gatewayApi: string | undefined;
  readonly kubeVip: string | undefined;
  readonly helm: string;
}

export function versionsOf({ kubernetes, cilium, gatewayApi, kubeVip, helm }: ClusterSpec): Versions {
  const ciliumVersion = cilium === false ? undefined : (cilium.version ?? ciliumFor(kubernetes.version));
  const crds = ciliumVersion === undefined ? undefined : ciliumMinors[minorOf(ciliumVersion)]?.gatewayApi;
  return {
    kubernetes: kubernetes.version,
    cilium: ciliumVersion,
    gatewayApi: gatewayApi === false ? undefined : (gatewayApi.version ?? crds ?? 'v1.6.1'),
    kubeVip: kubeVip === false ? undefined : kubeVip.version,
    helm: helm.version,
  };
}
