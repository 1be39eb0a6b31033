import { type Refusal, refuse } from '../../../contract/index.ts';
import { isMinor } from '../documents/api.ts';
import type { KubeVipArgs } from './args.ts';

/** super-admin.conf came with 1.29; before, admin.conf had all rights from the start. Source: kubernetes/kubeadm #2414. */
export const isAtLeast129 = (version: string | undefined): boolean => version === undefined || isMinor(version, 29);

/** What is known to fail. Sources: kube-vip #1658 and #692. */
export function unfitVersions({ version, kubernetesVersion }: Pick<KubeVipArgs, 'version' | 'kubernetesVersion'>): Refusal | undefined {
  if (version === 'v1.2.2') return refuse('kube-vip v1.2.2 loses the address for good when its holder fails', 'it speaks to the API by the address that it is there to bring (kube-vip #1658)', { hint: 'Choose v1.2.3 or newer.', final: true });
  if (kubernetesVersion === 'v1.29.0') return refuse('kube-vip cannot find the API of its own node on Kubernetes v1.29.0', 'host aliases of static pods do not work there (kube-vip #692)', { hint: 'Choose v1.29.7 or newer.', final: true });
  return undefined;
}
