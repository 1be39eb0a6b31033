import { type Script, sh } from '../../../contract/index.ts';

/** Sets $name to the name of the Node object, as kubeadm finds it. */
export const nodeNamed = (nodeName = ''): Script => sh`name=${nodeName}
[ -n "$name" ] || name=$(tr '[:upper:]' '[:lower:]' </proc/sys/kernel/hostname)`;
