import { type Late, type Script, sh } from '../../../contract/index.ts';

/** Where the documents for kubeadm are; only root may look into it. */
export const plinthDir = '/etc/kubernetes/plinth';

/** Puts a document for kubeadm in place that kubeadm itself finds right: nothing is begun with a wrong one. */
export const putDocument = (path: string, text: string | Late<string>): Script => sh`umask 077
path=${path}
mkdir -p -m 0755 /etc/kubernetes
mkdir -p -m 0700 ${plinthDir}
new=$path.plinth
trap 'rm -f -- "$new"' EXIT
trap 'exit 143' HUP INT TERM
printf %s ${text} >"$new"
kubeadm config validate --config "$new"
mv -f -- "$new" "$path"`;
