import { type Kind, type Reading, sh } from '../../../contract/index.ts';
import { localApi } from '../scripts/localApi.ts';
import { type Member, parseMembers } from '../state/parse.ts';
import type { NodeToBe } from '../kubeadmToken/args.ts';

/** The cluster as a control plane sees it, and what is left there of nodes. */
export interface ClusterMembers {
  /** Its own API server is well. */
  readonly isWell: boolean;
  /** As kubeadm finds it. */
  readonly name: string;
  /** Of etcd; undefined where etcd is not on the control planes, or did not answer. */
  readonly members?: readonly Member[];
  /** Addresses at which a member of etcd is well. */
  readonly healthy: readonly string[];
  /** Names of Node objects that are there, of those asked for. */
  readonly nodes: readonly string[];
  /** Addresses at which a kubelet listens, of those asked for. */
  readonly kubelets: readonly string[];
}

const kind: Kind<ClusterMembers> = {
  name: 'clusterMembers',
  script: (keys) => sh.lines(
    keys.map((key, index) => {
      const [bindPort, ...nodes] = key.split(' ');
      return sh`o=''; say() { o="$o$*
"; }
${localApi(Number(bindPort))}
say name "$(tr '[:upper:]' '[:lower:]' </proc/sys/kernel/hostname)"
if [ -r $k/manifests/kube-apiserver.yaml ] && command -v curl >/dev/null 2>&1 && [ "$(api /livez 2>/dev/null)" = ok ]; then
  say well
  for node in ${nodes}; do
    if api "/api/v1/nodes/\${node%%=*}" -o /dev/null 2>/dev/null; then say node "\${node%%=*}"; fi
    if curl -sk --connect-timeout 2 --max-time 4 -o /dev/null "https://$(host "\${node#*=}"):10250/healthz"; then say kubelet "\${node#*=}"; fi
  done
  if [ -r $k/manifests/etcd.yaml ] && members=$(etcd 127.0.0.1 /v3/cluster/member/list '{}' 2>/dev/null); then
    say members "$(printf %s "$members" | tr -d '\n')"
    for at in $(printf %s "$members" | tr ',{}[]' '\n\n\n\n\n' | sed -n 's#^.*"https://\(.*\):2380".*$#\1#p'); do
      case $(etcd "$at" /v3/maintenance/status '{}' 2>/dev/null) in *'"leader":"'[1-9]*) say healthy "$at";; esac
    done
  fi
fi
put ${index} "$o"`;
    }),
  ),
  parse(text = '') {
    const lines = text.split('\n').map((line) => /^(\S+) ?(.*)$/.exec(line)?.slice(1) ?? []);
    const all = (key: string): string[] => lines.flatMap(([name, value = '']) => (name === key ? [value] : []));
    const [members] = all('members');
    return {
      isWell: all('well').length > 0,
      name: all('name')[0] ?? '',
      ...(members === undefined ? {} : { members: parseMembers(members) }),
      healthy: all('healthy'),
      nodes: all('node'),
      kubelets: all('kubelet'),
    };
  },
};

export const clusterMembers = (bindPort: number, nodes: readonly NodeToBe[]): Reading<ClusterMembers> => ({ kind, key: [bindPort, ...nodes.map(({ name, address }) => `${name}=${address}`)].join(' ') });
