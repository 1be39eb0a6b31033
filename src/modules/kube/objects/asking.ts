import { ownServer, type Script, sh } from '../../../contract/index.ts';

export interface Access {
  readonly kubeconfig: string;
  /** Longest time that one step may take, in ms. */
  readonly timeout: number;
}

/**
 * For scripts that change something: `k` is kubectl, and `patiently COMMAND...` repeats it while what it says will pass by itself, such as an
 * API that pauses for an election or a kind that is just being registered. It says what it waits for every five seconds. This node's own API server and
 * the endpoint are asked by turns.
 */
export const withKubectl = ({ kubeconfig, timeout }: Access, script: Script): Script => sh`c=${kubeconfig}
if [ ! -r "$c" ]; then echo "there is no $c on this node: it is no control plane yet" >&2; exit 1; fi
if ! command -v kubectl >/dev/null 2>&1; then echo 'there is no kubectl on this node' >&2; exit 1; fi
${ownServer}
server=$own
k() { kubectl --kubeconfig "$c" --cache-dir /run/plinth/kubectl --request-timeout 30s $server "$@"; }
clock() { read -r now rest </proc/uptime; now=\${now%%.*}; }
clock; began=$now; told=$now; patience=${Math.ceil(timeout / 1000)}
also=''
passes() {
  if [ -n "$also" ]; then case $1 in *"$also"*) return 0;; esac; fi
  case $1 in
    *'connection refused'*|*'connection reset'*|*'i/o timeout'*|*'context deadline exceeded'*|*'TLS handshake timeout'*|*'no route to host'*|*': EOF'*|*etcdserver:*) return 0;;
    *'no matches for kind'*|*'could not find the requested resource'*|*'failed calling webhook'*|*'failed to call webhook'*) return 0;;
    *ServiceUnavailable*|*'currently unable to handle'*|*'Too Many Requests'*|*'namespaces "'*'" not found'*|*'being terminated'*) return 0;;
  esac
  return 1
}
patiently() {
  while :; do
    if said=$("$@" 2>&1); then if [ -n "$said" ]; then printf '%s\n' "$said"; fi; return 0; fi
    clock
    if ! passes "$said" || [ $((now - began)) -ge "$patience" ]; then printf '%s\n' "$said" >&2; return 1; fi
    if [ $((now - told)) -ge 5 ]; then told=$now; printf 'waiting for the API, %s s: %s\n' $((now - began)) "$(printf '%s' "$said" | tail -n 1)"; fi
    if [ -n "$server" ]; then server=''; else server=$own; fi
    sleep 1
  done
}
${script}`;
