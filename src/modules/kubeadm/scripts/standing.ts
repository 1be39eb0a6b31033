import { type Change, change, type Refusal, refuse, type Script, sh } from '../../../contract/index.ts';
import type { KubeadmState } from '../state/parse.ts';
import type { Unfit } from '../state/standing.ts';
import { explained } from './explained.ts';
import { controlPlaneGates, type Gates } from './gates.ts';
import { nodeNamed } from './nodeNamed.ts';
import { waiting } from './waiting.ts';

export const unfitOf = ({ what, evidence, hint, final }: Unfit): Refusal => refuse(what, evidence, { hint, ...(final ? { final } : {}) });

/** All is there, so nothing is done over: what stands still is started, and what should come up is waited for. */
export const startAgain = (role: 'controlPlane' | 'worker', gates: Gates, { kubelet }: KubeadmState): Change => {
  const found = kubelet === 'active' ? (role === 'worker' ? 'its Node object is gone' : 'its API does not answer') : `the kubelet is ${kubelet}`;
  return change('node', found, role === 'worker' ? 'the kubelet runs, and is registered' : 'its API answers', startScript(role, gates), { critical: true, timeout: gates.timeout });
};

const startScript = (role: 'controlPlane' | 'worker', gates: Gates): Script => sh`${waiting}
${explained}
systemctl start containerd 2>/dev/null || :
${role === 'worker' ? sh`systemctl restart kubelet` : sh`systemctl start kubelet`}
${role === 'worker' ? sh`${nodeNamed(gates.nodeName)}
${workerGate}` : sh`gates() {
${controlPlaneGates({ ...gates, timeout: Math.min(gates.timeout, 240_000) })}
}
gates || { explain; exit 1; }`}`;

/** A worker is one when its kubelet has registered it. */
export const workerGate: Script = sh`isRegistered() {
  pem=/var/lib/kubelet/pki/kubelet-client-current.pem
  [ -s $pem ] || { echo 'its kubelet has no certificate yet'; return 1; }
  server=$(sed -n 's/^ *server: *//p' /etc/kubernetes/kubelet.conf | head -n 1)
  curl -sSf -o /dev/null --connect-timeout 2 --max-time 5 --cacert /etc/kubernetes/pki/ca.crt --cert $pem --key $pem "$server/api/v1/nodes/$name"
}
await_ok "its Node object" 120 isRegistered || { explain; exit 1; }`;
