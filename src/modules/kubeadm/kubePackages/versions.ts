import { type Kind, type Reading, type Refusal, refuse, sh } from '../../../contract/index.ts';
import { notes } from '../../runtime/programs/placedProgram.ts';

export const versionPattern = /^v(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.]+)?$/;

// A kubelet that Plinth put in place has its version in the note beside its digest: to ask it costs a tenth of a second.
const kind: Kind<string | undefined> = {
  name: 'kubeletVersion',
  script: (paths) => sh`i=0
for f in ${paths}; do
  v=''; sum=''
  if [ -r ${notes}"$f" ]; then IFS='|' read -r sum v rest <${notes}"$f" || :; fi
  if [ -z "$v" ] && [ -x "$f" ]; then v=$("$f" --version 2>/dev/null) || v=''; fi
  if [ -n "$v" ] && [ -x "$f" ]; then put "$i" "$v"; fi
  i=$((i+1))
done`,
  parse: (text) => /v\d+\.\d+\.\d+\S*/.exec(text ?? '')?.[0],
};

/** The version of a kubelet, `v1.36.2`; undefined where there is none. */
export const kubeletVersion = (path: string): Reading<string | undefined> => ({ kind, key: path });

/** `v1.36.2` of a package's `1.36.2-1.1`. */
export const ofPackage = (version: string): string => `v${version.replace(/^\d+:/, '').replace(/-[^-]*$/, '')}`;

const numbers = (version: string): readonly number[] => (/^v?(\d+)\.(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);
export const minorOf = (version: string): string => `v${numbers(version).slice(0, 2).join('.')}`;

const isNewer = (version: string, than: string): boolean => {
  const [a, b] = [numbers(version), numbers(than)];
  const at = a.findIndex((one, i) => one !== b[i]);
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0);
};

export interface Step {
  readonly found: string;
  readonly wanted: string;
  readonly allowDowngrade: boolean;
  /** The node is in a cluster, so the rules of version skew hold. */
  readonly isMember: boolean;
}

/** Why a version may not follow another. Source: kubernetes.io, version skew policy and upgrading kubeadm clusters. */
export function refusedStep({ found, wanted, allowDowngrade, isMember }: Step): Refusal | undefined {
  if (isNewer(found, wanted) && !allowDowngrade) {
    return refuse(`Kubernetes ${found} is on this node, and ${wanted} is older`, 'clusters do not go back: what is stored by a newer version is not read by an older one', { hint: `Ask for ${found} or newer; on a node that is in no cluster \`allowDowngrade: true\` does it.`, final: true });
  }
  const [, foundMinor = 0] = numbers(found);
  const [, minor = 0] = numbers(wanted);
  if (isMember && minor > foundMinor + 1) {
    return refuse(`from Kubernetes ${found} to ${wanted} a minor version would be skipped`, 'this node is in a cluster, and kubeadm upgrades one minor version at a time', { hint: `Upgrade the cluster to v1.${foundMinor + 1} first.`, final: true });
  }
  return undefined;
}
