import { type Kind, type Reading, sh } from '../../../contract/index.ts';

// Of the cluster, asked with the kubelet's own certificate; where it does not answer, what the files of kubeadm say.
const kind: Kind<string | undefined> = {
  name: 'clusterName',
  script: () => sh`k=/etc/kubernetes; name=''; pem=/var/lib/kubelet/pki/kubelet-client-current.pem
server=$(sed -n 's/^ *server: *//p' $k/kubelet.conf 2>/dev/null | head -n 1)
if [ -n "$server" ] && [ -r $pem ] && [ -r $k/pki/ca.crt ] && command -v curl >/dev/null 2>&1; then
  name=$(curl -sf --connect-timeout 1 --max-time 3 --cacert $k/pki/ca.crt --cert $pem --key $pem "$server/api/v1/namespaces/kube-system/configmaps/kubeadm-config" 2>/dev/null | sed -n 's/.*\\nclusterName: \([^\\]*\)\\n.*/\1/p' | head -n 1)
fi
[ -n "$name" ] || name=$(sed -n 's/^ *cluster: \(..*\)$/\1/p' $k/admin.conf 2>/dev/null | head -n 1)
[ -n "$name" ] || name=$(sed -n 's/^clusterName: //p' $k/plinth/init.yaml 2>/dev/null | head -n 1)
[ -z "$name" ] || put 0 "$name"`,
  parse: (text) => text,
};

/** The name of the cluster that this node belongs to; undefined where it belongs to none, or that cannot be known. */
export const clusterName = (): Reading<string | undefined> => ({ kind, key: '' });
