import { readFileSync } from 'node:fs';
import { first } from 'plinth';
import { fetchFile, helmRelease, kubeconfig, kubeManifest, kubeNode } from 'plinth/modules';
import type { Cluster, Fleet } from './cluster.ts';

/** Labels and taints, what else is to run on the cluster, and the way in for its administrator. */
export function finishCluster({ play, groups }: Fleet, { spec, bundle }: Cluster): void {
  play('Nodes and workloads', first(groups.controlPlane), ({ task }) => {
    for (const { name, vars } of [...groups.controlPlane.hosts, ...groups.workers.hosts]) {
      const { labels, taints } = vars.node;
      if (Object.keys(labels).length + taints.length > 0) task(`labels and taints of ${name}`, kubeNode, { name: name.toLowerCase(), labels, taints: taints.map(({ value, ...taint }) => ({ ...taint, ...(value === undefined ? {} : { value }) })) });
    }
    for (const manifest of spec.manifests) {
      task(`objects of ${manifest.name}`, kubeManifest, 'file' in manifest ? { set: manifest.name, manifests: [readFileSync(manifest.file, 'utf8')] } : { set: manifest.name, objects: manifest.objects });
    }
    for (const { chart, repo, version, ...release } of spec.releases) {
      const bundled = bundle?.charts.find(({ name }) => name === chart);
      task(`release ${release.name}`, helmRelease, { ...release, chart, version: version ?? bundled?.version, ...(bundled ? { file: bundled.file.content } : repo === undefined ? {} : { repo }) });
    }
    if (spec.kubeconfig !== undefined) {
      const { host, port } = spec.endpoint;
      const admin = task('credentials of the administrator', fetchFile, { path: '/etc/kubernetes/admin.conf', optional: true });
      task('kubeconfig on this machine', kubeconfig, { context: spec.name, content: admin.output.get('content'), server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`, path: spec.kubeconfig }, { delegate: 'controller' });
    }
  });
}
