import { z } from 'zod';
import { overrides, version } from './address.ts';

/** What kubeadm is told. Its documents: the kubeadm API reference, v1beta3 and v1beta4. */
export const kubernetes = z
  .strictObject({
    version: version('v1.36.2')
      .transform((text) => (text.startsWith('v') ? text : `v${text}`))
      .describe('The version of Kubernetes, e.g. v1.36.2.'),
    imageRepository: z.string().optional().describe("Where the control plane's images come from. Default: kubeadm's."),
    ignorePreflightErrors: z.array(z.string()).default([]).describe("Checks of kubeadm that may fail, e.g. NumCPU; `all` for every one."),
    certSANs: z.array(z.string()).default([]).describe('Further names and addresses in the certificate of the API server.'),
    featureGates: z.record(z.string(), z.boolean()).default({}).describe("Feature gates of kubeadm's ClusterConfiguration."),
    override: z
      .strictObject({
        init: overrides('InitConfiguration'),
        cluster: overrides('ClusterConfiguration'),
        join: overrides('JoinConfiguration'),
        kubelet: overrides('KubeletConfiguration'),
      })
      .prefault({})
      .describe('What the fields above do not say, by document of kubeadm.'),
  })
  .describe('Kubernetes itself.');
