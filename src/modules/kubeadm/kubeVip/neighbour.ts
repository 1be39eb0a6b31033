import { type Kind, type Reading, sh } from '../../../contract/index.ts';

/** Who has an address on the link, found by ARP or NDP before we take it. */
export interface Neighbour {
  /** `free`: nobody answered. `taken`: somebody did. `ours`: this node has it. `unasked`: the node is of a cluster already. `unknown`: no means to ask. */
  readonly address: 'free' | 'taken' | 'ours' | 'unasked' | 'unknown';
  /** Of who answered. */
  readonly mac?: string;
}

// A node of a cluster asks nobody: its cluster has the address. arping -D of iputils asks as one without an address does. Else the
// kernel asks when something is sent there; what it was told earlier proves nothing: a cluster that has just been reset had the
// address somewhere else. `used 20/1/1`: seconds since it was used, confirmed, updated.
const kind: Kind<Neighbour> = {
  name: 'neighbour',
  script: (keys) =>
    sh.lines(
      keys.map((key, index) => {
        const [address = '', nic = ''] = key.split(' ');
        return sh`address=${address}; nic=${nic}
if [ -e /etc/kubernetes/kubelet.conf ]; then put ${index} unasked
elif ! command -v ip >/dev/null 2>&1; then put ${index} unknown
elif [ -n "$(ip -o addr show to "$address" 2>/dev/null)" ]; then put ${index} ours
else
  [ -n "$nic" ] || nic=$(ip -o route get "$address" 2>/dev/null | sed -n 's/.* dev \([^ ]*\).*/\1/p')
  found=free
  case $address in *:*) six=-6;; *) six='';; esac
  if [ -z "$six" ] && command -v arping >/dev/null 2>&1 && arping -V 2>&1 | grep -q iputils; then
    arping -D -q -c 1 -w 1 -I "$nic" "$address" >/dev/null 2>&1 || { [ $? -ne 1 ] || found=taken; }
  elif command -v ping >/dev/null 2>&1; then
    if ping $six -c 1 -W 1 "$address" >/dev/null 2>&1; then found=taken; fi
  elif command -v curl >/dev/null 2>&1; then
    curl -s -o /dev/null --connect-timeout 1 --max-time 1 "http://$address:9/" 2>/dev/null || :
  else found=unknown; fi
  known=$(ip -s neigh show to "$address" dev "$nic" 2>/dev/null | head -n 1) || known=''
  case $known in
    *PERMANENT*) found=taken;;
    *' used '*REACHABLE*) confirmed=\${known##* used }; confirmed=\${confirmed#*/}; if [ "\${confirmed%%/*}" -le 2 ] 2>/dev/null; then found=taken; fi;;
  esac
  mac=''
  if [ $found = taken ]; then case $known in *lladdr*) mac=\${known##*lladdr }; mac=\${mac%% *};; esac; fi
  put ${index} "$found $mac"
fi`;
      }),
    ),
  parse(text = 'unknown') {
    const [address, mac] = text.trim().split(' ');
    const known = (['free', 'taken', 'ours', 'unasked'] as const).find((one) => one === address) ?? 'unknown';
    return { address: known, ...(mac === undefined ? {} : { mac }) };
  },
};

/** Asked on the link `nic`; left out, on that which leads there. */
export const neighbour = (address: string, nic?: string): Reading<Neighbour> => ({ kind, key: `${address} ${nic ?? ''}`.trim() });
