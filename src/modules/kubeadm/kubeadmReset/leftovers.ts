import { type Kind, type Reading, sh } from '../../../contract/index.ts';
import { ours } from './ours.ts';

/** What Kubernetes, its CNI and kube-vip left on a node: what it is, and which. */
export interface Leftover {
  readonly what: 'files' | 'service' | 'containers' | 'mounts' | 'links' | 'rules' | 'programs' | 'addresses';
  readonly which: string;
}

const whats = ['files', 'service', 'containers', 'mounts', 'links', 'rules', 'programs', 'addresses'] as const;

const kind: Kind<readonly Leftover[]> = {
  name: 'kubernetesLeftovers',
  script: (keys) =>
    sh.lines([
      ours,
      ...keys.map((key, index) => sh`o=''; say() { o="$o$*
"; }
for one in $(theFiles); do say files "$one"; done
if [ "$(systemctl is-active kubelet 2>/dev/null)" = active ] || [ "$(systemctl is-active kubelet 2>/dev/null)" = activating ]; then say service kubelet; fi
n=$(theContainers | wc -l); [ "$n" -eq 0 ] || say containers "$n"
n=$(theMounts | wc -l); [ "$n" -eq 0 ] || say mounts "$n"
for one in $(theLinks); do say links "$one"; done
for save in $(theSaves); do n=$($save 2>/dev/null | grep -c -e '^:KUBE-' -e '^:CILIUM_') || :; [ "\${n:-0}" -eq 0 ] || say rules "$n chains in $save"; done
for one in $(theTables); do say rules "nft table $one"; done
n=$(theIpRules | wc -l); [ "$n" -eq 0 ] || say rules "$n of ip rule"
for one in $(thePrograms); do say programs "$one"; done
for address in ${key.split(' ').filter((one) => one !== '')}; do
  for at in $(theAddress "$address"); do say addresses "$at"; done
done
put ${index} "$o"`),
    ]),
  parse: (text = '') =>
    text.split('\n').flatMap((line) => {
      const what = whats.find((one) => line.startsWith(`${one} `));
      return what === undefined ? [] : [{ what, which: line.slice(what.length + 1).trim() }];
    }),
};

export const leftovers = (addresses: readonly string[]): Reading<readonly Leftover[]> => ({ kind, key: addresses.join(' ') });
