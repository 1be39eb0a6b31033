import { type Script, sh } from '../../../contract/index.ts';
import { admin } from '../scripts/admin.ts';
import type { Place } from './place.ts';

/** Under /etc/kubernetes, what tells how far kubeadm came. */
const kubernetesFiles = [
  'kubelet.conf',
  'bootstrap-kubelet.conf',
  'admin.conf',
  'super-admin.conf',
  'pki/ca.crt',
  'pki/apiserver-etcd-client.crt',
  'manifests/kube-apiserver.yaml',
  'manifests/kube-controller-manager.yaml',
  'manifests/kube-scheduler.yaml',
  'manifests/etcd.yaml',
  'plinth/join.yaml',
];

/**
 * What is found of Kubernetes on this node and around it, a line each. Nodes of kubeadm have curl, a client certificate of the
 * kubelet and, on control planes, that of the administrator, so neither kubectl nor etcdctl is needed; etcd answers JSON, in
 * which ids are strings. The API of this node is asked first; only where it does not answer are the others.
 *
 * The certificates of all API servers hold the name `kubernetes`: whoever shows one by our CA is of our cluster.
 */
export const stateScript = (places: readonly Place[]): Script => sh.lines([functions, ...places.map(oneState)]);

const oneState = ({ nodeName = '', nodeIp, bindPort, endpoint, peers }: Place, index: number): Script => sh`o=''
name=${nodeName}; ip=${nodeIp}; port=${bindPort}
[ -n "$name" ] || name=$(tr '[:upper:]' '[:lower:]' </proc/sys/kernel/hostname)
say name "$name"
look
isAnswered=no
if [ $touched = yes ] && [ $curl = yes ]; then here; fi
if [ $isAnswered = no ] && [ $curl = yes ]; then
  around=$(
    ask endpoint endpoint ${endpoint.address ?? endpoint.host} ${endpoint.port} 1 &
    for peer in ${peers}; do
      ask peer "$peer" "$peer" $port 2 &
    done
    wait
  )
  o="$o$around
"
  if [ -r $k/pki/apiserver-etcd-client.crt ]; then
    for peer in ${peers}; do
      if members=$(memberList "$peer"); then say members "$members"; break; fi
    done
  fi
fi
put ${index} "$o"`;

const functions = sh`k=/etc/kubernetes
${admin}
if command -v curl >/dev/null 2>&1; then curl=yes; else curl=no; fi
say() { o="$o$*
"; }
host() { case $1 in *:*) printf '[%s]' "$1";; *) printf %s "$1";; esac; }
there() { if [ -e "$1" ]; then say file "$2"; fi; }
look() {
  say curl $curl
  for f in ${kubernetesFiles}; do there "$k/$f" "$f"; done
  there /var/lib/kubelet/config.yaml config.yaml
  there /var/lib/etcd/member etcd
  touched=no
  for f in kubelet.conf bootstrap-kubelet.conf admin.conf manifests/kube-apiserver.yaml pki/ca.crt; do
    if [ -e "$k/$f" ]; then touched=yes; fi
  done
  if [ -e /var/lib/kubelet/config.yaml ]; then touched=yes; fi
  [ $touched = yes ] || return 0
  if grep -qs kubelet-client-current $k/kubelet.conf && [ -e /var/lib/kubelet/pki/kubelet-client-current.pem ]; then say file certificate; fi
  kubelet=$(systemctl is-active kubelet 2>/dev/null) || :
  say kubelet "\${kubelet:-unknown}"
}
memberList() {
  found=$(curl -s --connect-timeout 1 --max-time 3 --cacert $k/pki/etcd/ca.crt --cert $k/pki/apiserver-etcd-client.crt --key $k/pki/apiserver-etcd-client.key -d '{}' "https://$(host "$1"):2379/v3/cluster/member/list") || return 1
  case $found in *'"members"'*) printf %s "$found" | tr -d '\n';; *) return 1;; esac
}
here() {
  mine=/var/lib/kubelet/pki/kubelet-client-current.pem
  [ -r $k/pki/ca.crt ] || return 0
  if [ -r $k/admin.conf ]; then as=asAdmin; all=yes
  elif [ -r $mine ]; then as="curl --cert $mine --key $mine"; all=no
  else return 0; fi
  if [ -e $k/manifests/kube-apiserver.yaml ]; then
    base=https://kubernetes:$port; to=127.0.0.1:$port
  else
    base=$(sed -n 's/^ *server: *//p' $k/kubelet.conf 2>/dev/null | head -n 1); to=''
    [ -n "$base" ] || return 0
  fi
  set -- "$base/livez" "$base/api/v1/nodes/$name"
  if [ $all = yes ]; then
    set -- "$@" "$base/api/v1/namespaces/kube-public/configmaps/cluster-info" "$base/apis/apps/v1/namespaces/kube-system/daemonsets/kube-proxy" "$base/api/v1/namespaces/kube-system/configmaps/kube-proxy" "$base/apis/apps/v1/namespaces/kube-system/deployments/coredns"
  fi
  answers=$($as -s --connect-timeout 1 --max-time 5 \${to:+--connect-to "kubernetes:$port:$to"} --cacert $k/pki/ca.crt -H 'Accept: application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json' -w '\n%{http_code} %{url_effective}\n' "$@") && code=0 || code=$?
  ready=no; labelled=no
  while IFS= read -r line; do
    case $line in
      [0-9][0-9][0-9]' https://'*)
        say object "$line"
        case $line in
          '200 '*/livez) ready=yes;;
          '200 '*/nodes/*) if [ $labelled = yes ]; then say labelled; fi;;
        esac;;
      *'"node-role.kubernetes.io/control-plane"'*) labelled=yes;;
    esac
  done <<ANSWERS
$answers
ANSWERS
  say api "$code $ready"
  [ $ready = yes ] || return 0
  isAnswered=yes
  if [ -e $k/manifests/etcd.yaml ]; then
    if members=$(memberList 127.0.0.1); then say members "$members"; fi
  fi
}
ask() {
  to=$(host "$3"):$4; trust=-k; answer=cluster
  if [ -r $k/pki/ca.crt ]; then trust="--cacert $k/pki/ca.crt"; answer=ours; fi
  out=$(curl -sv $trust --connect-timeout $5 --max-time 4 --connect-to "kubernetes:$4:$to" -o /dev/null "https://kubernetes:$4/livez" 2>&1) && code=0 || code=$?
  case $code in
    0) ;;
    60) answer=foreign;;
    35|52|56|58) answer=unclear;;
    *) case $out in *'onnection refused'*) answer=closed;; *) answer=silent;; esac;;
  esac
  if [ $1 = peer ] && [ $answer = closed ] && curl -sk --connect-timeout $5 --max-time 4 -o /dev/null "https://$(host "$3"):10250/healthz"; then answer=kubelet; fi
  printf '%s %s %s\n' "$1" "$2" "$answer"
}`;
