import { type Script, sh } from '../../../contract/index.ts';

/**
 * `api PATH [CURL OPTIONS]` asks the API server of this node as an administrator, and fails where its answer is an error;
 * `etcd ADDRESS PATH JSON` asks etcd there. Both use the certificates that kubeadm made for the API server, so neither an
 * endpoint nor a kubeconfig stands between.
 */
export const localApi = (bindPort: number): Script => sh`k=/etc/kubernetes; port=${bindPort}
host() { case $1 in *:*) printf '[%s]' "$1";; *) printf %s "$1";; esac; }
api() {
  at=$1; shift
  curl -sSf --connect-timeout 2 --max-time 10 --connect-to "kubernetes:$port:127.0.0.1:$port" --cacert $k/pki/ca.crt --cert $k/pki/apiserver-kubelet-client.crt --key $k/pki/apiserver-kubelet-client.key -H 'Accept: application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json' "$@" "https://kubernetes:$port$at"
}
etcd() {
  curl -sS --connect-timeout 2 --max-time 10 --cacert $k/pki/etcd/ca.crt --cert $k/pki/apiserver-etcd-client.crt --key $k/pki/apiserver-etcd-client.key -d "$3" "https://$(host "$1"):2379$2"
}`;
