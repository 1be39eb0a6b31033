import { readFileSync } from 'node:fs';
import { type Bundle, first, PlinthError } from 'plinth';
import { ciliumValues } from 'plinth/cluster';
import { gatewayApi, helmRelease, kubeWait, l2Policy, l2Pool } from 'plinth/modules';
import { type Cluster, type Fleet, nodesOf } from './cluster.ts';

/** The network of pods and services: CRDs first, since Cilium looks for them when it starts. */
export function installNetwork(fleet: Fleet, { spec, versions, bundle }: Cluster): void {
  const { cilium } = spec;
  const version = versions.cilium;
  if (cilium === false || version === undefined) return;
  fleet.play('Network', first(fleet.groups.controlPlane), { facts: true, anyErrorsFatal: true }, ({ task, factsOf }) => {
    const { nodes, unseen } = nodesOf(fleet, factsOf);
    // What Cilium may do depends on every node: with some of them out of sight it stays as it is.
    if (unseen.length > 0) return;
    if (spec.gatewayApi !== false && versions.gatewayApi !== undefined) {
      task('Gateway API', gatewayApi, { version: versions.gatewayApi, channel: spec.gatewayApi.channel, manifest: crdsOf(bundle, spec.gatewayApi) });
    }
    task('Cilium', helmRelease, { name: 'cilium', namespace: 'kube-system', chart: 'cilium', version, values: ciliumValues(spec, nodes), ...chartOf(bundle, 'cilium', 'https://helm.cilium.io') });
  });
}

/** Waits for the agents, and gives services their addresses. */
export function finishNetwork(fleet: Fleet, { spec }: Cluster): void {
  const { cilium, loadBalancer } = spec;
  if (cilium === false) return;
  fleet.play('Addresses of services', first(fleet.groups.controlPlane), { facts: true }, ({ task, factsOf }) => {
    const timeout = cilium.wait * 1000;
    task('agents of Cilium', kubeWait, { kind: 'DaemonSet', namespace: 'kube-system', name: 'cilium', timeout });
    const links = Object.fromEntries(nodesOf(fleet, factsOf).nodes.map(({ name, facts }) => [name, facts.nics.map((nic) => nic.name)]));
    for (const { name, blocks, serviceSelector, allowFirstLastIPs } of loadBalancer.pools) {
      task(`pool ${name}`, l2Pool, { name, blocks, ...(serviceSelector ? { serviceSelector } : {}), ...(allowFirstLastIPs === undefined ? {} : { allowFirstLastIPs }), timeout });
    }
    for (const { nodeSelector, serviceSelector, ...policy } of loadBalancer.l2) {
      task(`announcement ${policy.name}`, l2Policy, { ...policy, links, ...(nodeSelector ? { nodeSelector } : {}), ...(serviceSelector ? { serviceSelector } : {}), timeout });
    }
    if (spec.gatewayApi !== false) task('class of gateways', kubeWait, { kind: 'GatewayClass', name: 'cilium', timeout });
  });
}

/** A chart out of the bundle, where it has it. */
function chartOf(bundle: Bundle | undefined, name: string, repo: string) {
  const chart = bundle?.charts.find((one) => one.name === name);
  return chart ? { file: chart.file.content } : { repo };
}

/** The CRDs: of a file that the inventory names, or of the bundle. */
function crdsOf(bundle: Bundle | undefined, { manifest, channel }: { readonly manifest?: string | undefined; readonly channel: string }) {
  if (manifest !== undefined) return readFileSync(manifest, 'utf8');
  const file = bundle?.manifests.find(({ path }) => path.includes('gateway') && path.includes(channel));
  if (file) return file.content;
  throw new PlinthError({ cause: 'inventory', summary: `the CRDs of the Gateway API (${channel}) are nowhere`, hint: `Get ${channel}-install.yaml of its release, and name it: gatewayApi: { manifest: ./${channel}-install.yaml }; or install from a bundle that holds it; or say gatewayApi: false.` });
}
