import { type Kind, quote, type Reading, sh } from '../../../contract/index.ts';

const kind: Kind<readonly string[] | undefined> = {
  name: 'kubeadmImages',
  script: (commands) => sh.lines([sh`command -v kubeadm >/dev/null || exit 0`, ...commands.map((command, index) => sh`if out=$(eval ${command} 2>/dev/null); then put ${index} "$out"; fi`)]),
  parse: (text) => text?.split('\n').filter((line) => /^\S+:\S+$/.test(line)),
};

/** The images that kubeadm names for a version, without that of kube-proxy; undefined where there is no kubeadm yet. */
export const kubeadmImages = (version: string, repository?: string): Reading<readonly string[] | undefined> => ({
  kind,
  key: `kubeadm config images list --kubernetes-version ${quote(version)}${repository === undefined ? '' : ` --image-repository ${quote(repository)}`}`,
});

/** Nothing of ours runs it. */
export const isKubeProxy = (name: string): boolean => /(^|\/)kube-proxy[:@]/.test(name);
