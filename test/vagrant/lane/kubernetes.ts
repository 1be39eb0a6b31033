import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { labError } from '../../../src/lab/fail.ts';
import { converge } from './converge.ts';
import type { Lane } from './lane.ts';
import { writeLayer } from './layer.ts';
import { onNode } from './vagrant.ts';

/**
 * What a node that shares the machine's kernel needs to run Kubernetes: cgroups of version 1 where the machine has them, no right
 * to spare processes from the OOM killer, and no check of a kernel that is not its own.
 */
const forContainers = {
  containerd: { override: { plugins: { 'io.containerd.cri.v1.runtime': { restrict_oom_score_adj: true } } } },
  kubernetes: {
    ignorePreflightErrors: ['all'],
    override: {
      init: { timeouts: { kubernetesAPICall: '4m0s' } },
      join: { timeouts: { kubernetesAPICall: '4m0s' } },
      kubelet: { cgroupDriver: 'cgroupfs', failCgroupV1: false, failSwapOn: false, featureGates: { KubeletInUserNamespace: true } },
    },
  },
};

/** Makes the cluster of the topology from a bundle, and asks the API which nodes it has. */
export async function kubernetes(lane: Lane, bundle: string, cards: ReadonlyMap<string, string>, tuning: object): Promise<void> {
  const { steps, here, sshConfig, machines, kernels } = lane;
  const images = await readdir(join(bundle, 'images')).catch(() => []);
  const withCilium = images.some((name) => name.includes('cilium'));
  if (!withCilium) steps.note('left out: Cilium, whose images are not in the bundle');
  await writeLayer(lane, cards, tuning, { cluster: { source: { bundle }, ...(kernels ? {} : forContainers), ...(withCilium ? {} : { cilium: false, hubble: false, loadBalancer: { pools: [], l2: [] } }) } });
  await converge(lane, 'playbooks/bootstrap.ts');
  await steps.step('the API knows every node', async () => {
    const { code, stdout, stderr } = await onNode(here, sshConfig, machines[0]?.name ?? '', 'KUBECONFIG=/etc/kubernetes/admin.conf PATH=$PATH:/usr/local/bin kubectl get nodes --output name');
    const known = stdout.trim().split('\n').toSorted().join();
    if (code !== 0 || known !== machines.map(({ name }) => `node/${name}`).toSorted().join()) throw labError('the cluster does not have the nodes that it should', { detail: `${stdout}${stderr}` });
  });
}
