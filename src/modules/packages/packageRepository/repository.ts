/** Where a repository comes from for one package manager. */
export interface AptSource {
  readonly url: string;
  readonly suites: readonly string[];
  readonly components: readonly string[];
  readonly architectures: readonly string[];
}

export interface DnfSource {
  readonly url: string;
  readonly exclude: readonly string[];
}

export interface SigningKey {
  readonly fingerprint: string;
  readonly text?: string | undefined;
  readonly url?: string | undefined;
  readonly sha256?: string | undefined;
}

export interface Repository {
  readonly key: SigningKey | undefined;
  readonly apt: AptSource | undefined;
  readonly dnf: DnfSource | undefined;
  /** What a source of the same packages, left by someone else, has in its text. */
  readonly rivals: readonly string[];
}

/** "isv:kubernetes OBS Project", which signs the packages of every minor version. Source: kubernetes.io, installing kubeadm. */
export const kubernetesFingerprint = 'DE15B14486CD377B9E876E1A234654DA9A296436';

const kubernetesHost = 'https://pkgs.k8s.io/core:/stable:';

interface Asked {
  readonly kubernetes?: string | undefined;
  readonly key?: SigningKey | undefined;
  readonly apt?: AptSource | undefined;
  readonly dnf?: DnfSource | undefined;
}

/** What was asked for, with what is known of the repositories of Kubernetes filled in: each minor version has its own. */
export function repositoryOf({ kubernetes, key, apt, dnf }: Asked): Repository {
  if (kubernetes === undefined) return { key, apt, dnf, rivals: [] };
  const base = `${kubernetesHost}/${kubernetes}`;
  return {
    key: key ?? { fingerprint: kubernetesFingerprint, url: `${base}/deb/Release.key` },
    apt: apt ?? { url: `${base}/deb/`, suites: ['/'], components: [], architectures: [] },
    dnf: dnf ?? { url: `${base}/rpm/`, exclude: [] },
    rivals: [kubernetesHost, 'apt.kubernetes.io', 'packages.cloud.google.com/yum/repos/kubernetes'],
  };
}

export const sourcesPath = (name: string): string => `/etc/apt/sources.list.d/${name}.sources`;
export const repoPath = (name: string): string => `/etc/yum.repos.d/${name}.repo`;
export const keyPath = (manager: 'apt' | 'dnf', name: string): string => (manager === 'apt' ? `/etc/apt/keyrings/${name}.asc` : `/etc/pki/rpm-gpg/RPM-GPG-KEY-${name}`);

/** In the deb822 form of sources.list(5). */
export function sourcesText(name: string, { url, suites, components, architectures }: AptSource, isSigned: boolean): string {
  const fields: [string, readonly string[]][] = [
    ['Types', ['deb']],
    ['URIs', [url]],
    ['Suites', suites],
    ['Components', components],
    ['Architectures', architectures],
    isSigned ? ['Signed-By', [keyPath('apt', name)]] : ['Trusted', ['yes']],
  ];
  return `# Written by Plinth.\n${fields.filter(([, values]) => values.length > 0).map(([field, values]) => `${field}: ${values.join(' ')}\n`).join('')}`;
}

/** In the form of dnf.conf(5). */
export function repoText(name: string, { url, exclude }: DnfSource, isSigned: boolean): string {
  const lines = [`[${name}]`, `name=${name}`, `baseurl=${url}`, 'enabled=1', `gpgcheck=${isSigned ? 1 : 0}`, ...(isSigned ? [`gpgkey=file://${keyPath('dnf', name)}`] : []), ...(exclude.length > 0 ? [`exclude=${exclude.join(' ')}`] : [])];
  return `# Written by Plinth.\n${lines.join('\n')}\n`;
}
