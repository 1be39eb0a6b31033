import { type Script, sh } from '../../../contract/index.ts';
import { admin } from './admin.ts';

/**
 * `api PATH [CURL OPTIONS]` asks the API server of this node as its administrator, and fails where the answer is an error;
 * `remove PATH` deletes an object, which may be gone already; `etcd ADDRESS PATH JSON` asks etcd there with the certificate that kubeadm made for the API server. Neither an endpoint nor
 * kubectl or etcdctl stands between. Objects come without what they hold, only their metadata.
 */
export const localApi = (bindPort: number): Script => sh`k=/etc/kubernetes; port=${bindPort}
${admin}
host() { case $1 in *:*) printf '[%s]' "$1";; *) printf %s "$1";; esac; }
api() {
  at=$1; shift
  asAdmin -sSf --connect-timeout 2 --max-time 10 --connect-to "kubernetes:$port:127.0.0.1:$port" --cacert $k/pki/ca.crt -H 'Accept: application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json' "$@" "https://kubernetes:$port$at"
}
remove() {
  if said=$(api "$1" -X DELETE -o /dev/null 2>&1); then return 0; fi
  case $said in *' 404'*) ;; *) echo "$said" >&2; return 1;; esac
}
etcd() {
  curl -sS --connect-timeout 2 --max-time 10 --cacert $k/pki/etcd/ca.crt --cert $k/pki/apiserver-etcd-client.crt --key $k/pki/apiserver-etcd-client.key -d "$3" "https://$(host "$1"):2379$2"
}`;
