import { type Script, sh } from '../script/script.ts';

/** What was said where the API was asked with one kubeconfig. */
export interface Asked {
  /** Why nothing was asked; undefined where it was. */
  readonly why?: string;
  readonly lines: readonly string[];
}

/**
 * Where kubeadm's admin.conf is used on a control plane, its own API server is asked first: the address of the endpoint may be on its way to
 * another node. `own` is a flag of kubectl then, and empty elsewhere.
 */
export const ownServer: Script = sh`own=''
if [ "$c" = /etc/kubernetes/admin.conf ] && [ -r /etc/kubernetes/manifests/kube-apiserver.yaml ]; then
  own=$(sed -n 's,^ *kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint: *,--server=https://,p' /etc/kubernetes/manifests/kube-apiserver.yaml)
fi`;

/**
 * Asks the API with a kubeconfig of the node: `k` is kubectl with its credentials, in bounded time. Both streams count. An API that
 * does not answer is asked once more, by the address in the kubeconfig.
 */
export const asking = (kubeconfig: string, ask: Script): Script => sh`c=${kubeconfig}
printf '# %s\n' "$c"
if [ ! -r "$c" ]; then echo "! there is no $c on this node"
elif ! command -v kubectl >/dev/null 2>&1; then echo '! there is no kubectl on this node'
else
  ${ownServer}
  k() { timeout 25 kubectl --kubeconfig "$c" --cache-dir /run/plinth/kubectl --request-timeout 10s $own "$@"; }
  for try in 1 2; do
    if said=$( { ${ask}
    } 2>&1 ); then break; fi
    case $said in *'"kind":"Namespace"'*|*'no matches for kind'*) break;; esac
    if [ $try = 1 ]; then sleep 1; own=''; fi
  done
  printf '%s\n' "$said"
fi`;

/** The part of an answer that belongs to a kubeconfig. */
export function partOf(text: string, kubeconfig: string): Asked | undefined {
  const lines = text.split('\n');
  const from = lines.indexOf(`# ${kubeconfig}`);
  if (from < 0) return undefined;
  const next = lines.findIndex((line, at) => at > from && line.startsWith('# /'));
  const own = lines.slice(from + 1, next < 0 ? undefined : next);
  const [first = ''] = own;
  return first.startsWith('! ') ? { why: first.slice(2), lines: [] } : { lines: own };
}

/** The keys of readings that begin with a kubeconfig, by it. */
export function byKubeconfig<K extends { readonly kubeconfig: string }>(keys: readonly K[]): readonly (readonly [string, readonly K[]])[] {
  const configs = [...new Set(keys.map(({ kubeconfig }) => kubeconfig))];
  return configs.map((config) => [config, keys.filter(({ kubeconfig }) => kubeconfig === config)]);
}

/** What kubectl said in place of an answer, in a line. */
export const reasonIn = (said: string): string => {
  const lines = said.split('\n').filter((line) => line.trim() !== '' && !/^[EWI]\d{4} /.test(line));
  return (lines[0] ?? said.split('\n').find((line) => line !== '') ?? 'kubectl said nothing').replace(/^error: /, '');
};
