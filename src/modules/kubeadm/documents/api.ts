import type { Mapping } from '../../config/keyed/value.ts';

/** Whether a version of Kubernetes, `v1.36.2`, is at least that minor of 1. */
export const isMinor = (version: string, atLeast: number): boolean => Number(version.replace(/^v/, '').split('.')[1]) >= atLeast;

/** v1beta4 came with 1.31; it is what newer kubeadms keep. Source: kubeadm API reference. */
export const apiVersionOf = (version: string): 'kubeadm.k8s.io/v1beta3' | 'kubeadm.k8s.io/v1beta4' => (isMinor(version, 31) ? 'kubeadm.k8s.io/v1beta4' : 'kubeadm.k8s.io/v1beta3');

/** Flags of a component: a list of name and value since v1beta4, a map before. */
export const extraArgs = (version: string, flags: Readonly<Record<string, string>>): Mapping | readonly Mapping[] | undefined => {
  if (Object.keys(flags).length === 0) return undefined;
  return isMinor(version, 31) ? Object.entries(flags).map(([name, value]) => ({ name, value })) : flags;
};

/** The timeouts of a document: v1beta3 has but one, and of that only init knows, as a part of the API server. */
export const timeoutsOf = (version: string, timeouts: Readonly<Record<string, string>>): Mapping | undefined => (isMinor(version, 31) && Object.keys(timeouts).length > 0 ? timeouts : undefined);
