import { bad, type Judged, ok, warn } from '../finding.ts';
import type { Examined } from './examination.ts';

/** DNS: is there a server, and does it answer for a name that the node itself needs (that of a package source)? */
export function judgeNames({ nameservers, resolves, own }: Pick<Examined, 'nameservers' | 'resolves' | 'own'>): Judged[] {
  const servers = nameservers.join(', ');
  const dns = ((): Judged => {
    if (nameservers.length === 0 && resolves?.yes) return warn('DNS', `no nameserver in /etc/resolv.conf; ${resolves.name} is in /etc/hosts`, 'Names that are not in /etc/hosts are not found there. Give it a nameserver, unless it is meant to be without.');
    if (nameservers.length === 0) return bad('DNS', 'no nameserver in /etc/resolv.conf', 'Give it one through the network configuration of the system (DHCP, netplan, systemd-resolved).');
    if (resolves && !resolves.yes) return bad('DNS', `${servers} gave no address for ${resolves.name}, a package source of this node`, 'Check that the nameserver can be reached from there (UDP and TCP port 53), and that it serves that name.');
    // The kubelet passes on at most three.
    if (nameservers.length > 3) return warn('DNS', `${nameservers.length} nameservers: ${servers}`, 'The C library and the kubelet use the first three only: leave three.');
    return ok('DNS', `${servers}${resolves ? `, knows ${resolves.name}` : ''}`);
  })();
  return [dns, ...(own && !own.yes ? [warn('own name', `${own.name} has no address`, `sudo and kubeadm look it up: put "127.0.1.1 ${own.name}" into /etc/hosts (module \`hosts\`).`)] : [])];
}
