import { bundledPackages, bundledRuntime, bundledRuntimeFiles, containerd, containerdFiles, crictl, helm, images, kubePackages, service } from 'plinth/modules';
import type { Bundle } from 'plinth';
import type { Cluster, Fleet } from './cluster.ts';

/** Whether containers run by what the bundle brings, rather than by packages of the distribution. */
export const bringsRuntime = ({ bundle }: Pick<Cluster, 'bundle'>): boolean => bundle !== undefined && (hasRuntime(bundle) || runtimePackage(bundle) !== undefined);

const hasRuntime = ({ programs }: Bundle): boolean => programs.some(({ path }) => path === 'containerd');
const runtimePackage = ({ packages }: Bundle): string | undefined => packages.find(({ name }) => name === 'containerd' || name === 'containerd.io')?.version;

/** The programs of Kubernetes on every node, and the images that it starts from: before anything is initialised, in parallel. */
export function installKubernetes({ play, groups }: Fleet, cluster: Cluster): void {
  const { spec, versions, bundle } = cluster;
  const controlPlanes = new Set(groups.controlPlane.hosts.map(({ name }) => name));

  play('Install Kubernetes', groups.all, ({ task, host, vars }) => {
    if (bundle && bundle.packages.length > 0) task('packages of the bundle', bundledPackages, { bundle });
    if (bundle && bringsRuntime(cluster)) {
      if (hasRuntime(bundle)) task('container runtime of the bundle', bundledRuntime, { bundle });
      const { registries, override } = spec.containerd;
      task('container runtime is configured', containerd, { expect: versionOf(bundle), registries: containerd.args.shape.registries.parse(registries), override: { ...vars.runtime.override, ...override }, ...sandboxOf(bundle) });
      task('container runtime', service, { name: 'containerd', enabled: true, fromPackage: !hasRuntime(bundle), newerThan: [...bundledRuntimeFiles, ...containerdFiles] });
      task('crictl finds the runtime', crictl, {});
    }
    task('programs of Kubernetes', kubePackages, { version: versions.kubernetes, ...programsIn(bundle) });
    const { imageRepository } = spec.kubernetes;
    task('images', images, bundle && bundle.images.length > 0 ? { bundle, mayLack: mayLack(spec) } : { kubernetes: versions.kubernetes, ...(imageRepository === undefined ? {} : { repository: imageRepository }) });
    if (controlPlanes.has(host.name) && needsHelm(spec)) task('helm', helm, bundle?.programs.some(({ path }) => path === 'helm') ? { bundle } : { version: versions.helm });
  });
}

/**
 * Images that kubeadm names and that the bundle may be without: those that the spec takes from elsewhere, and CoreDNS, without which a
 * cluster comes up, where kubeadm is told not to insist on it or leaves it out.
 */
function mayLack({ kubernetes: { ignorePreflightErrors, imageRepository, override } }: Cluster['spec']): string[] {
  const { etcd, dns, imageRepository: other } = override.cluster;
  const skipped = override.init.skipPhases;
  const isIgnored = ignorePreflightErrors.some((name) => ['all', 'imagepull'].includes(name.toLowerCase())) || (Array.isArray(skipped) && skipped.some((phase) => phase === 'addon' || phase === 'addon/coredns'));
  const all = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd', 'pause', 'coredns'];
  if (imageRepository !== undefined || other !== undefined) return all;
  return [...(etcd === undefined ? [] : ['etcd']), ...(dns !== undefined || isIgnored ? ['coredns'] : [])];
}

/** A bundle may hold only a part: what it lacks comes from packages. */
const programsIn = (bundle: Bundle | undefined): { bundle?: Bundle } => (bundle?.programs.some(({ path }) => path === 'kubelet') ? { bundle } : {});

const needsHelm = ({ cilium, releases }: Cluster['spec']): boolean => cilium !== false || releases.length > 0;

/** The pause image that kubeadm of this bundle names: containerd must start the same one, or another would have to be fetched. */
function sandboxOf({ images: archives }: Bundle): { sandboxImage?: string } {
  const pause = archives.flatMap(({ images: held }) => held.map(({ name }) => name)).find((name) => /\/pause:/.test(name));
  return pause === undefined ? {} : { sandboxImage: pause };
}

const versionOf = (bundle: Bundle): string => bundle.versions.containerd ?? runtimePackage(bundle) ?? '2.0';
