import { z } from 'zod';
import { address, cidr, objectName, overrides, version } from './address.ts';
import { gatewayApi, hubble, manifest, release } from './addons.ts';
import { cilium } from './cilium.ts';
import { kubernetes } from './kubernetes.ts';
import { kubeVip } from './kube-vip.ts';
import { loadBalancer } from './load-balancer.ts';

const endpoint = z
  .strictObject({
    host: z.string().regex(/^[A-Za-z0-9.:-]+$/, 'must be an address or a name').describe('The address that answers for all control planes, or a name that leads there.'),
    address: address().optional().describe('The address behind host, where that is a name.'),
    port: z.int().min(1).max(65535).default(6443).describe('The port of the API.'),
  })
  .describe('Where the API answers.');

const network = z
  .strictObject({
    pods: z.array(cidr()).min(1).max(2).default(['10.244.0.0/16']).describe('The network of pods; two for dual stack.'),
    services: z.array(cidr()).min(1).max(2).default(['10.96.0.0/12']).describe('The network of services.'),
    domain: z.string().default('cluster.local').describe('The domain of names of services.'),
  })
  .refine(({ pods, services }) => pods.length === services.length, { path: ['services'], message: 'must have as many networks as pods' })
  .prefault({})
  .describe('Networks within the cluster.');

/**
 * What the cluster is to be: the variable `cluster` of an inventory. Which hosts are control planes and which are workers is said by
 * its groups.
 */
export const clusterSpec = z
  .strictObject({
    name: objectName()
      .refine((name) => name.length <= 32 && !name.includes('.'), 'must have 32 characters at most, and no dots')
      .describe('The name of the cluster: of its kubeconfig context, and what reset asks for.'),
    kubernetes,
    endpoint,
    network,
    source: z
      .union([z.literal('packages'), z.strictObject({ bundle: z.string().describe('A folder made by `plinth bundle create`, from the working folder.') })])
      .default('packages')
      .describe('Where everything comes from.'),
    containerd: z
      .strictObject({
        registries: z.record(z.string(), z.json()).default({}).describe('Mirrors by registry, as the module containerd takes them.'),
        override: overrides('config.toml'),
      })
      .prefault({})
      .describe('The container runtime.'),
    kubeVip: z.union([z.literal(false), kubeVip]).prefault({}).describe('What holds the endpoint. false: something else does, or there is one control plane.'),
    cilium: z.union([z.literal(false), cilium]).prefault({}),
    loadBalancer,
    gatewayApi: z.union([z.literal(false), gatewayApi]).default(false),
    hubble: z.union([z.literal(false), hubble]).prefault({}),
    helm: z.strictObject({ version: version('v3.18.4').default('v3.18.4').describe('The version of Helm, where it is downloaded.') }).prefault({}).describe('Helm itself.'),
    releases: z.array(release).default([]).describe('Further Helm releases.'),
    manifests: z.array(manifest).default([]).describe('Further objects.'),
    schedulable: z.boolean().optional().describe('Control planes take workloads. Default: where there are no workers.'),
    kubeconfig: z.string().startsWith('/', 'must be an absolute path').optional().describe('A file on this machine, absolute, that the credentials of the administrator are merged into, under the name of the cluster.'),
    smokeImage: z.string().optional().describe('The image of the workload that `plinth verify` starts; it must serve HTTP on port 8080.'),
  })
  .describe('The cluster: see docs/cluster.md.');

export type ClusterSpec = z.output<typeof clusterSpec>;
export type ClusterSpecInput = z.input<typeof clusterSpec>;
