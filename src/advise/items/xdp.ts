import { noReplacement } from '../base.ts';
import { cardsBehind, mainNic } from '../node.ts';
import { blocked, type Item, notApplicable, possible } from '../row.ts';
import { hasKernel, kernelOf } from '../versions.ts';
import { xdpDrivers } from './xdpDrivers.ts';

/** Above this many bytes a packet does not fit into one page with what XDP adds; ena's limit, and about that of others. */
const largestMtu = 3498;

export const xdp: Item = {
  item: 'XDP',
  wanted: 'loadBalancer.acceleration=native',
  prerequisite: 'a driver with native XDP on every device, kube-proxy replacement',
  rule: 'by driver and kernel; bonds from kernel 5.15 where every member can; never on VLANs; with native on a card that cannot, the agent does not start',
  judge(node, wishes) {
    const nic = mainNic(node.facts);
    if (!nic) return blocked('no card with a default route', 'it is not known which card carries the traffic');
    const cards = cardsBehind(nic, node.facts.nics);
    const found = `${nic.name}: ${cards.map(({ driver }) => driver ?? 'virtual').join(', ')}, ${kernelOf(node)}`;
    if (node.facts.container) return notApplicable(found, "a container's links are its host's to speed up");
    const why = noReplacement(node, wishes);
    if (why !== undefined) return blocked(found, `no kube-proxy replacement: ${why}`);
    if (nic.type === 'vlan') return blocked(found, `${nic.name} is a VLAN, and XDP cannot be attached to one: give Cilium the card itself as device`);
    if (nic.type === 'bond' && !hasKernel(node, '5.15')) return blocked(found, 'XDP on a bond needs kernel 5.15');
    if (!['ethernet', 'bond'].includes(nic.type)) return blocked(found, `${nic.name} is a ${nic.type}, which has no native XDP`);
    for (const { name, driver } of cards) {
      const since = xdpDrivers[driver ?? ''];
      if (since === undefined) return blocked(found, `the driver ${driver ?? 'of a virtual link'} of ${name} has no native XDP: acceleration=best-effort skips it, native would keep the agent from starting`);
      if (!hasKernel(node, since)) return blocked(found, `${driver} has XDP from kernel ${since} on`);
    }
    const notes = [
      nic.mtu > largestMtu ? `an MTU of ${nic.mtu} may be too large for it (ena: ${largestMtu})` : '',
      cards.some(({ driver }) => driver === 'virtio_net') ? 'the machine below must give two queues for each CPU' : '',
      cards.some(({ driver }) => driver?.startsWith('mlx')) ? 'links flap for a moment when the agent starts: one node after the other' : '',
    ].filter(Boolean);
    return possible(found, notes.join('; ') || 'the driver runs XDP itself');
  },
};
