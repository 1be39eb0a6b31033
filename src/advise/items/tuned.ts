import { mainNic, type Node } from '../node.ts';
import { blocked, type Item, notApplicable, ok, possible } from '../row.ts';

/** Profiles with net.ipv4.tcp_fastopen=3, by themselves or by what they include (tuned 2.20 to 2.28). */
const withFastOpen = ['network-latency', 'hpc-compute', 'openshift-node', 'cpu-partitioning', 'cpu-partitioning-powersave', 'realtime', 'realtime-virtual-guest', 'realtime-virtual-host'];

const isRunning = ({ extra: { tuned } }: Node): boolean => tuned?.active === 'active';

/** The profile in force that turns TCP Fast Open on, where one does. */
export const fastOpenOf = (node: Node): string | undefined => withFastOpen.find((profile) => isRunning(node) && node.extra.tunedProfile === profile);

export const tuned: Item = {
  item: 'tuned profile',
  wanted: 'a profile of tuned for networks',
  prerequisite: 'systemd, a kernel of its own; no power-profiles-daemon',
  rule: 'network-latency or network-throughput, never both; an active profile counts only while the daemon runs',
  judge(node, { profile }) {
    const wanted = profile === 'latency' ? 'network-latency' : 'network-throughput';
    const { tuned: unit, tunedProfile } = node.extra;
    const found = !unit ? 'not installed' : isRunning(node) ? (tunedProfile ?? 'no profile') : `${tunedProfile ?? 'no profile'}, daemon ${unit.active}`;
    if (node.facts.container) return { ...notApplicable(found, "a container's kernel is its host's"), wanted };
    if (node.facts.init !== 'systemd') return { ...blocked(found, `tuned is started by systemd, and this node has ${node.facts.init}`), wanted };
    if (isRunning(node) && tunedProfile === wanted) return { ...ok(found, 'the profile is chosen and the daemon runs'), wanted };
    return { ...possible(found, !unit ? 'the package tuned is to be installed' : isRunning(node) ? 'another profile is chosen' : 'the daemon does not run, so the profile is not in force'), wanted };
  },
};

export const speedOf = (node: Node): string => {
  const nic = mainNic(node.facts);
  return nic ? `${nic.name}${nic.driver === null ? '' : ` (${nic.driver})`}${nic.speed === null ? '' : `, ${nic.speed >= 1000 ? `${nic.speed / 1000} Gbit/s` : `${nic.speed} Mbit/s`}`}` : 'no card with a default route';
};
