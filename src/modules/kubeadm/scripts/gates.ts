import { type Script, sh } from '../../../contract/index.ts';
import { localApi } from './localApi.ts';
import { nodeNamed } from './nodeNamed.ts';

export interface Gates {
  readonly nodeName?: string | undefined;
  readonly nodeIp: string;
  readonly bindPort: number;
  /** In ms. */
  readonly timeout: number;
}

/** When a control plane is one: its API is well, it votes in etcd, its Node object is marked. Each is told while it is waited for. */
export const controlPlaneGates = ({ nodeName, nodeIp, bindPort, timeout }: Gates): Script => sh`${localApi(bindPort)}
${nodeNamed(nodeName)}
ip=$(host ${nodeIp}); limit=${Math.ceil(timeout / 1000)}
isWell() { [ -s $k/pki/ca.crt ] || { echo 'there is no CA yet'; return 1; }; api /livez; }
isMarked() { api "/api/v1/nodes/$name" | grep -q '"node-role.kubernetes.io/control-plane"' || { echo "$name is not marked as a control plane"; return 1; }; }
isVoter() {
  found=$(etcd 127.0.0.1 /v3/cluster/member/list '{}') || { printf %s "$found"; return 1; }
  mine=$(printf %s "$found" | tr -d '\n ' | tr '{' '\n' | grep -F "//$ip:2380") || { echo "etcd has no member at $ip yet"; return 1; }
  case $mine in *'"isLearner":true'*) echo 'its member of etcd is a learner still'; return 1;; esac
}
await_ok "the API of this node" $limit isWell
if [ -e $k/manifests/etcd.yaml ]; then await_ok "the vote of this node in etcd" $limit isVoter; fi
await_ok "its Node object" $limit isMarked`;

/** A slip in a document brings kube-proxy; where another does its work there may be none. Stands behind the gates. */
export const noKubeProxy: Script = sh`for one in apis/apps/v1/namespaces/kube-system/daemonsets api/v1/namespaces/kube-system/configmaps; do
  if api "/$one/kube-proxy" >/dev/null 2>&1; then
    echo "kube-proxy has been installed, though it was left out: \${one##*/}/kube-proxy in kube-system" >&2
    exit 1
  fi
done`;
