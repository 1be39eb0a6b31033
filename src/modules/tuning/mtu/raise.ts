import { type Script, sh } from '../../../contract/index.ts';

/** What an IPv4 or IPv6 header and that of ICMP take of a packet, in bytes. */
const headers = (peer: string): number => (peer.includes(':') ? 48 : 28);

/**
 * Sets the MTU and sends a packet of that size to every peer, with leave to no one to cut it up. One that does not come back
 * brings the old MTU back at once: a link that is too wide loses only large packets, which looks like all kinds of other faults.
 */
export const setAndTest = (nic: string, from: number, to: number, peers: readonly string[]): Script =>
  sh.lines([
    sh`ip link set dev ${nic} mtu ${to}`,
    ...(peers.length === 0
      ? []
      : [
          sh`lost=''`,
          ...peers.map((peer) => sh`if ! ping ${peer.includes(':') ? ['-6'] : ['-4']} -n -q -c 3 -i 0.2 -W 2 -M do -s ${to - headers(peer)} -- ${peer} >/dev/null 2>&1; then lost="$lost "${peer}; fi`),
          sh`if [ -n "$lost" ]; then
  ip link set dev ${nic} mtu ${from}
  printf 'packets of %s bytes do not come back from%s; the MTU is %s again\n' ${to} "$lost" ${from} >&2
  printf '%s\n' 'Every switch between the nodes, and the card at the other end, must let packets of that size through; see it by hand: ping -M do -s SIZE PEER.' >&2
  exit 1
fi`,
        ]),
  ]);
