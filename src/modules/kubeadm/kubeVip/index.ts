import { change, defineModule, read, refuse, type Script, sh } from '../../../contract/index.ts';
import { endpointOf } from '../documents/init.ts';
import { unfitOf } from '../scripts/standing.ts';
import { waiting } from '../scripts/waiting.ts';
import { kubeadmState } from '../state/kubeadmState.ts';
import { standingOf } from '../state/standing.ts';
import { type KubeVipArgs, kubeVipArgs } from './args.ts';
import { linkOf } from './linkOf.ts';
import { type Kubeconfig, manifest, manifestPath } from './manifest.ts';
import { neighbour } from './neighbour.ts';
import { bare, linkAddresses } from './nics.ts';
import { isAtLeast129, unfitVersions } from './versions.ts';

/**
 * Two tasks on every control plane: `beforeInit` before kubeadmInit, without `stage` behind kubeadmJoin. Until kubeadm init is
 * done, only super-admin.conf has rights; afterwards the pod goes on with admin.conf, like those of the other control planes.
 * Sources: kube-vip documentation (static pods), kube-vip #684.
 */
export const kubeVip = defineModule({
  name: 'kubeVip',
  summary: 'The address that control planes share, held by kube-vip as a static pod.',

  args: kubeVipArgs,

  observe: (args) => ({
    state: kubeadmState(args),
    found: read.text(manifestPath),
    links: linkAddresses(),
    ...(args.stage === 'beforeInit' && args.mode === 'arp' ? { neighbour: neighbour(args.address, args.interface) } : {}),
  }),

  *plan(args, { state, found, links, neighbour: other }) {
    if (args.state === 'absent') {
      const held = links.find((link) => bare(link.address) === args.address);
      if (found !== undefined) yield change(manifestPath, found, undefined, sh`rm -f -- ${manifestPath}`);
      if (held) yield change(`address ${held.address} on ${held.nic}`, 'held by this node', undefined, letGo(held.nic, held.address), { timeout: 60_000 });
      return;
    }
    const unfit = unfitVersions(args);
    if (unfit) return yield unfit;
    const is = standingOf(state, args, 'controlPlane');
    if (args.stage === 'beforeInit' && !(is.is === 'half initialised' || (is.is === 'blank' && args.first))) return;
    if (is.is === 'unfit') return yield unfitOf(is);
    const nic = linkOf(args, links);
    if (typeof nic !== 'string') return yield nic;
    if (other?.address === 'taken') {
      return yield refuse(`the address ${args.address} is in use already`, other.mac === undefined ? 'somebody answers for it' : `${other.mac} answers for it, and no cluster does at ${endpointOf(args.endpoint)}`, { hint: 'Choose an address that is free and outside of what DHCP gives away, or take it from who has it.', final: true });
    }
    const kubeconfig: Kubeconfig = args.stage === 'beforeInit' && isAtLeast129(args.kubernetesVersion) ? 'super-admin.conf' : 'admin.conf';
    const text = manifest(args, nic, kubeconfig);
    if (found !== text) yield change(manifestPath, found, text, args.stage === 'beforeInit' ? putManifest(text) : sh.lines([waiting, ...(found === undefined ? [] : [settled]), putManifest(text), answering(args)]), { timeout: args.timeout + 30_000 });
  },

  output: ({ address }) => ({ address }),
});

/** Written beside the folder and moved into it: the kubelet starts whatever lies there. */
const putManifest = (text: string): Script => sh`umask 077
mkdir -p -m 0755 /etc/kubernetes
mkdir -p -m 0700 /etc/kubernetes/manifests
new=/etc/kubernetes/kube-vip.yaml.plinth
trap 'rm -f -- "$new"' EXIT
trap 'exit 143' HUP INT TERM
printf %s ${text} >"$new"
read -r up rest </proc/uptime; put=\${up%%.*}
mv -f -- "$new" ${manifestPath}`;

/**
 * kubeadm init ends with a new start of the kubelet. A static pod that is replaced while that kubelet is only just taking it up is
 * not ended before two minutes have gone: it waits for volumes that nobody wants any more ("unmounted volumes=[kubeconfig]").
 */
const settled: Script = sh`isSettled() {
  pid=$(systemctl show -p MainPID --value kubelet 2>/dev/null)
  stat=$(cat "/proc/$pid/stat" 2>/dev/null) || { echo 'the kubelet does not run'; return 1; }
  set -- \${stat##*) }
  read -r up rest </proc/uptime
  [ $((\${up%%.*} - \${20} / 100)) -ge 5 ] || { echo 'it has only just been started'; return 1; }
}
await_ok 'the kubelet to take up the pods that are there' 30 isSettled || :`;

/**
 * The old pod ends and gives the lease away: another control plane has the address a second later. Where there is none, the kubelet
 * takes some ten seconds to start the new pod. As long as the old one runs it is that which answers: it is older than the file
 * (start time in ticks of 1/100 s, proc(5)).
 */
const answering = ({ address, endpoint, timeout }: KubeVipArgs): Script => sh`hasEnded() {
  for p in /proc/[0-9]*; do
    read -r comm 2>/dev/null <"$p/comm" || continue
    [ "$comm" = kube-vip ] || continue
    stat=$(cat "$p/stat" 2>/dev/null) || continue
    set -- \${stat##*) }
    if [ $((\${20} / 100 + 1)) -lt "$put" ]; then echo 'the pod as it was still runs'; return 1; fi
  done
}
answers() {
  said=$(curl -sSf --connect-timeout 2 --max-time 5 --connect-to ${`kubernetes:${endpoint.port}:${endpointOf({ host: address, port: endpoint.port })}`} --cacert /etc/kubernetes/pki/ca.crt ${`https://kubernetes:${endpoint.port}/livez`} 2>&1) || {
    if command -v crictl >/dev/null 2>&1; then
      id=$(crictl ps -a -q --name '^kube-vip$' 2>/dev/null | head -n 1)
      if [ -n "$id" ]; then said="$said; kube-vip: $(crictl logs --tail 1 "$id" 2>&1)"; else said="$said; no container of kube-vip yet"; fi
    fi
    printf %s "$said"
    return 1
  }
}
await_ok 'the end of kube-vip as it was' 60 hasEnded || :
await_ok ${`the API at ${address}`} ${Math.ceil(timeout / 1000)} answers`;

/** kube-vip takes the address away itself when it ends; where it was killed nobody does. */
const letGo = (nic: string, address: string): Script => sh`n=0
while [ $n -lt 20 ] && [ -n "$(ip -o addr show dev ${nic} to ${address} 2>/dev/null)" ] && pgrep -x kube-vip >/dev/null 2>&1; do n=$((n + 1)); sleep 1; done
if [ -n "$(ip -o addr show dev ${nic} to ${address} 2>/dev/null)" ]; then ip addr del ${address} dev ${nic}; fi`;
