import { type Script, sh } from '../../../contract/index.ts';

/**
 * `asAdmin CURL ARGUMENTS` runs curl with the certificate of the administrator out of admin.conf, or out of super-admin.conf where
 * kubeadm init made one: that needs no grant which an init cut off has not made. It reaches curl by descriptors: no
 * file with the key is written, and no argument holds it. (The certificate that the API server shows to kubelets may no longer
 * read everything since Kubernetes 1.36.)
 */
export const admin: Script = sh`adminCert=''; adminKey=''
asAdmin() {
  if [ -z "$adminCert" ]; then
    conf=/etc/kubernetes/super-admin.conf; [ -r $conf ] || conf=/etc/kubernetes/admin.conf
    adminCert=$(sed -n 's/^ *client-certificate-data: *//p' $conf 2>/dev/null | base64 -d 2>/dev/null) || :
    adminKey=$(sed -n 's/^ *client-key-data: *//p' $conf 2>/dev/null | base64 -d 2>/dev/null) || :
  fi
  curl --cert /dev/fd/4 --key /dev/fd/5 "$@" 4<<CERTIFICATE 5<<KEY
$adminCert
CERTIFICATE
$adminKey
KEY
}`;
