import type { LocalFile } from './local.ts';

/** A folder with what a cluster needs where there is no internet. What is in it was read when the playbook was loaded. */
export interface Bundle {
  /** Where it is, for people. */
  readonly name: string;
  /** Of its programs, in the words of Go: `amd64`, `arm64`; `any` where they are scripts. */
  readonly architecture: string;
  /** What it is made of, as upstream writes it: `kubernetes: v1.36.2`, `containerd: v2.3.4`, `cilium: 1.19.7`. */
  readonly versions: Readonly<Record<string, string>>;
  /** Programs by the name they are called by; plugins of CNI as `cni/loopback`. */
  readonly programs: readonly LocalFile[];
  readonly images: readonly BundledImages[];
  /** Images that `kubeadm config images list` named when the bundle was made. */
  readonly needs: readonly string[];
  readonly charts: readonly BundledChart[];
  readonly manifests: readonly LocalFile[];
  readonly packages: readonly BundledPackage[];
}

/** One archive, of docker or OCI, and the images in it. */
export interface BundledImages {
  readonly file: LocalFile;
  readonly images: readonly BundledImage[];
}

export interface BundledImage {
  /** In full: `registry.k8s.io/pause:3.10.2`. */
  readonly name: string;
  /** `sha256:...` of its configuration, which is the id that crictl and docker show. */
  readonly id: string;
}

export interface BundledChart {
  readonly name: string;
  /** As its Chart.yaml says. */
  readonly version: string;
  readonly file: LocalFile;
}

export interface BundledPackage {
  readonly name: string;
  /** As dpkg or rpm write it. */
  readonly version: string;
  readonly format: 'deb' | 'rpm';
  readonly file: LocalFile;
}
