import { type Late, ownServer, type Script, sh } from '../contract/index.ts';
import { adminConf } from './ask.ts';

const namespace = 'plinth-smoke';
const name = 'echo';

/** A workload of two replicas that is made, asked from everywhere, and taken away. */
export interface Smoke {
  /** The set that `kubeManifest` makes, and takes away by `state: absent`. */
  readonly set: string;
  readonly objects: readonly Readonly<Record<string, Json>>[];
  readonly workload: { readonly kind: 'Deployment'; readonly namespace: string; readonly name: string };
  /** On a control plane: prints `clusterIP nodePort balancerIP dnsIP`, `-` for what there is not, or `down`. Waits for the address of the balancer. */
  readonly addresses: Script;
  /** Each asks from where it runs, and says what answered; it fails with what did not. A controller that does not reach the nodes' network skips. `addresses` is what that printed. */
  clusterIp(addresses: Late<string>): Script;
  nodePort(addresses: Late<string>, nodes: readonly string[], from?: 'node' | 'controller'): Script;
  balancer(addresses: Late<string>, from?: 'node' | 'controller'): Script;
  dns(addresses: Late<string>, domain: string): Script;
  /** On a control plane: a pod asks for the workload by its name. */
  nameInPod(domain: string): Script;
  /** On a control plane: each pod asks the other. */
  readonly pods: Script;
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface SmokeOptions {
  /** Serves HTTP on port 8080. */
  readonly image: string;
  /** Its arguments; those of agnhost where the image is agnhost. */
  readonly args?: readonly string[];
  /** A load balancer gives it an address. */
  readonly balanced: boolean;
}

/** `registry.k8s.io/e2e-test-images/agnhost`, which Kubernetes tests itself with, also answers how another pod is reached. */
export function smoke({ image, args, balanced }: SmokeOptions): Smoke {
  const labels = { app: name };
  const given = args ?? (image.includes('agnhost') ? ['netexec', '--http-port=8080'] : undefined);
  const container: Json = { name, image, ports: [{ containerPort: 8080 }], ...(given ? { args: [...given] } : {}), readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 } };
  const spread: Json = [{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: labels } }];
  const tolerations: Json = [{ key: 'node-role.kubernetes.io/control-plane', operator: 'Exists' }];
  return {
    set: namespace,
    objects: [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace, labels }, spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { terminationGracePeriodSeconds: 0, topologySpreadConstraints: spread, tolerations, containers: [container] } } } },
      { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace, labels }, spec: { type: balanced ? 'LoadBalancer' : 'NodePort', selector: labels, ports: [{ port: 80, targetPort: 8080 }] } },
    ],
    workload: { kind: 'Deployment', namespace, name },
    addresses: sh`${kubectl}
${clock}
ready=$(k get deployment -n ${namespace} ${name} --ignore-not-found -o 'jsonpath={.status.availableReplicas}')
if [ "$ready" != 2 ]; then printf down; exit 0; fi
while :; do
  set -- $(k get service -n ${namespace} ${name} -o 'jsonpath={.spec.clusterIP} {.spec.ports[0].nodePort} {.status.loadBalancer.ingress[0].ip}')
  if [ ${balanced ? 'yes' : 'no'} = no ] || [ -n "\${3:-}" ]; then break; fi
  if [ $(($(clock) - began)) -ge 30 ]; then break; fi
  sleep 1
done
dns=$(k get service -n kube-system kube-dns -o 'jsonpath={.spec.clusterIP}' 2>/dev/null) || dns=''
printf '%s %s %s %s' "\${1:--}" "\${2:--}" "\${3:--}" "\${dns:--}"`,
    clusterIp: (addresses) => sh`${withAddresses(addresses)}
${asking}
ask "ClusterIP" "http://$(host "$1"):80/"`,
    nodePort: (addresses, nodes, from = 'node') => sh`${withAddresses(addresses)}
from=${from}
${asking}
port=$2
for node in ${nodes}; do ask "NodePort of $node" "http://$(host "$node"):$port/"; done`,
    balancer: (addresses, from = 'node') => sh`${withAddresses(addresses)}
from=${from}
${asking}
if [ "$3" = - ]; then echo 'the service got no address of a load balancer' >&2; exit 1; fi
ask "the balancer's address" "http://$(host "$3"):80/"`,
    dns: (addresses, domain) => sh`${withAddresses(addresses)}
if [ "$4" = - ]; then echo 'there is no service kube-dns' >&2; exit 1; fi
of=${`${name}.${namespace}.svc.${domain}`}
if command -v dig >/dev/null 2>&1; then found=$(dig +short +time=3 +tries=2 "@$4" "$of" | tail -n 1)
elif command -v nslookup >/dev/null 2>&1; then found=$(nslookup "$of" "$4" 2>&1 | awk '/^Name:/ { name = 1 } name && /^Address/ { print $NF; exit }')
elif command -v host >/dev/null 2>&1; then found=$(host "$of" "$4" | awk '/has address/ { print $NF; exit }')
else echo 'SKIP there is no dig, nslookup or host on this node'; exit 0; fi
if [ "$found" != "$1" ]; then echo "$4 says \${found:-nothing} for $of, wanted $1" >&2; exit 1; fi
echo "$of is $found, says $4"`,
    nameInPod,
    pods: sh`${kubectl}
ready=$(k get deployment -n ${namespace} ${name} --ignore-not-found -o 'jsonpath={.status.availableReplicas}')
if [ "$ready" != 2 ]; then echo ${isDown}; exit 0; fi
set -- $(k get pods -n ${namespace} -l ${`app=${name}`} -o 'jsonpath={range .items[*]}{.metadata.name}={.status.podIP}={.spec.nodeName} {end}')
if [ $# -lt 2 ]; then echo "$# pods, wanted 2" >&2; exit 1; fi
for from; do for to; do
  if [ "$from" = "$to" ]; then continue; fi
  pod=\${from%%=*}; ip=\${to#*=}; node=\${ip#*=}; ip=\${ip%%=*}
  if ! out=$(k get --raw ${`/api/v1/namespaces/${namespace}/pods/`}"$pod:8080/proxy/dial?host=$ip&port=8080&request=hostname&protocol=http&tries=1" 2>&1); then
    case $out in *NotFound*|*'could not find'*) echo 'SKIP the image cannot ask another pod'; exit 0;; esac
    echo "the pod on \${from##*=} cannot be asked: $out" >&2; exit 1
  fi
  case $out in *'"responses":["'*) echo "the pod on \${from##*=} reaches the one on $node";; *) echo "the pod on \${from##*=} does not reach the one on $node: $out" >&2; exit 1;; esac
done; done`,
  };
}

/** Asks the name through a pod: what the node itself has no program for. */
const nameInPod = (domain: string): Script => sh`${kubectl}
ready=$(k get deployment -n ${namespace} ${name} --ignore-not-found -o 'jsonpath={.status.availableReplicas}')
if [ "$ready" != 2 ]; then echo ${isDown}; exit 0; fi
pod=$(k get pods -n ${namespace} -l ${`app=${name}`} -o 'jsonpath={.items[0].metadata.name}')
of=${`${name}.${namespace}.svc.${domain}`}
if ! out=$(k get --raw ${`/api/v1/namespaces/${namespace}/pods/`}"$pod:8080/proxy/dial?host=$of&port=80&request=hostname&protocol=http&tries=2" 2>&1); then
  case $out in *NotFound*|*'could not find'*) echo 'SKIP the image cannot ask for a name'; exit 0;; esac
  echo "the pod cannot be asked: $out" >&2; exit 1
fi
case $out in *'"responses":["'*) echo "a pod reaches $of";; *) echo "a pod does not reach $of: $out" >&2; exit 1;; esac`;

const kubectl = sh`c=${adminConf}
${ownServer}
k() { kubectl --kubeconfig "$c" --cache-dir /run/plinth/kubectl --request-timeout 15s $own "$@"; }
if ! k get --raw /readyz >/dev/null 2>&1; then own=''; fi`;

const isDown = 'SKIP the workload is not up';

const withAddresses = (addresses: Late<string>): Script => sh`a=${addresses}
if [ "$a" = down ]; then echo ${isDown}; exit 0; fi
set -- $a`;

const clock = sh`clock() { read -r now rest </proc/uptime; echo "\${now%%.*}"; }
began=$(clock)`;

// A service that was just made is not everywhere at once: asked again for ten seconds.
const asking = sh`${clock}
host() { case $1 in *:*) printf '[%s]' "$1";; *) printf %s "$1";; esac; }
ask() {
  if ! command -v curl >/dev/null 2>&1; then echo 'SKIP there is no curl here'; exit 0; fi
  while :; do
    if code=$(curl -s --noproxy '*' -o /dev/null --connect-timeout 3 --max-time 5 -w '%{http_code}' "$2"); then
      case $code in [23]*) echo "$1: $2 says $code"; return 0;; esac
      why="$1: $2 says $code, which is not the workload"
    else why="$1: $2 does not answer (curl ended with $?)"; fi
    if [ $(($(clock) - began)) -ge 10 ]; then
      if [ "\${from:-node}" = controller ]; then echo "SKIP from this machine, $why"; exit 0; fi
      echo "$why" >&2; exit 1
    fi
    sleep 1
  done
}`;
