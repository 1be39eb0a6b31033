/** A file of upstream, and where its digest is told. */
export interface Upstream {
  /** In the bundle, e.g. `bin/kubelet`; archives of programs are unpacked from there. */
  readonly path: string;
  readonly url: string;
  /** A text with the sha256 of the file: alone, or in a line with its name. Undefined where upstream publishes none. */
  readonly sumUrl: string | undefined;
}

/** What a cluster is made of besides Kubernetes: the newest that were seen to work together. `set` changes each. */
export const companions: Readonly<Record<string, string>> = { containerd: 'v2.3.4', runc: 'v1.3.6', cniPlugins: 'v1.9.1', crictl: 'v1.36.0', helm: 'v3.18.4' };

export interface Wanted {
  /** By name, as bundle.yaml has them: kubernetes, containerd, runc, cniPlugins, crictl, helm, and cilium, gatewayApi where wanted. */
  readonly versions: Readonly<Record<string, string>>;
  readonly architecture: string;
  readonly gatewayChannel?: string | undefined;
}

const github = (repository: string, version: string, file: string): string => `https://github.com/${repository}/releases/download/${version}/${file}`;

/** Sources: kubernetes.io "Download Kubernetes", and the release pages of each project. */
export function upstreamFiles({ versions, architecture: arch, gatewayChannel = 'standard' }: Wanted): readonly Upstream[] {
  const { kubernetes, containerd, runc, cniPlugins, crictl, helm, cilium, gatewayApi } = versions;
  const bare = (version: string): string => version.replace(/^v/, '');
  const files: Upstream[] = [];
  const add = (path: string, url: string, sumUrl: string | undefined): void => void files.push({ path, url, sumUrl });
  if (kubernetes !== undefined) {
    for (const name of ['kubeadm', 'kubelet', 'kubectl']) {
      const url = `https://dl.k8s.io/release/${kubernetes}/bin/linux/${arch}/${name}`;
      add(`bin/${name}`, url, `${url}.sha256`);
    }
  }
  if (containerd !== undefined) {
    const url = github('containerd/containerd', containerd, `containerd-${bare(containerd)}-linux-${arch}.tar.gz`);
    add(`bin/containerd-${bare(containerd)}-linux-${arch}.tar.gz`, url, `${url}.sha256sum`);
  }
  if (runc !== undefined) add('bin/runc', github('opencontainers/runc', runc, `runc.${arch}`), github('opencontainers/runc', runc, 'runc.sha256sum'));
  if (cniPlugins !== undefined) {
    const url = github('containernetworking/plugins', cniPlugins, `cni-plugins-linux-${arch}-${cniPlugins}.tgz`);
    add(`bin/cni-plugins-linux-${arch}-${cniPlugins}.tgz`, url, `${url}.sha256`);
  }
  if (crictl !== undefined) {
    const url = github('kubernetes-sigs/cri-tools', crictl, `crictl-${crictl}-linux-${arch}.tar.gz`);
    add(`bin/crictl-${crictl}-linux-${arch}.tar.gz`, url, `${url}.sha256`);
  }
  if (helm !== undefined) {
    const url = `https://get.helm.sh/helm-${helm}-linux-${arch}.tar.gz`;
    add(`bin/helm-${helm}-linux-${arch}.tar.gz`, url, `${url}.sha256sum`);
  }
  if (cilium !== undefined) add(`charts/cilium-${bare(cilium)}.tgz`, `https://helm.cilium.io/cilium-${bare(cilium)}.tgz`, undefined);
  if (gatewayApi !== undefined) add(`manifests/gateway-api-${gatewayChannel}-${gatewayApi}.yaml`, github('kubernetes-sigs/gateway-api', gatewayApi, `${gatewayChannel}-install.yaml`), undefined);
  return files;
}
