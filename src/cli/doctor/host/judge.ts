import { duration } from '../../../report/text/duration.ts';
import { bad, type Judged, ok, warn } from '../finding.ts';
import type { Examined } from './examination.ts';
import { judgeNames } from './names.ts';
import { judgePackages } from './packages.ts';
import { judgeSpace } from './space.ts';
import { judgeTime } from './time.ts';

/** Everything there is to say of a host that answers. */
export function judgeHost(host: Examined): Judged[] {
  const { facts, lock, rebootFor, failedUnits } = host;
  return [
    ok('reach', `${host.transport}, ${duration(host.connected)}`),
    judgeRights(host),
    ok('system', `${facts.os.pretty || facts.os.id}, Linux ${facts.kernel.release}, ${host.shell}`),
    ...judgeSpace(host),
    ...(host.readOnly ? [bad('root file system', 'mounted read-only', 'Often after a disk error: look at dmesg, repair it, then mount -o remount,rw /')] : []),
    judgeTime(facts, host.synchronized),
    lock === undefined ? ok('lock', 'free') : warn('lock', `held by ${lock}`, 'A run is at work on this node; others are refused until it ends. The lock frees itself when its holder dies.'),
    judgePackages(host),
    facts.rebootPending ? warn('reboot', `pending${rebootFor.length > 0 ? ` for ${[...new Set(rebootFor)].join(', ')}` : ''}`, 'Reboot it when it suits, one node at a time.') : ok('reboot', 'not pending'),
    ...judgeNames(host),
    facts.defaultRoute ? ok('default route', `${facts.defaultRoute.gateway} by ${facts.defaultRoute.nic}`) : bad('default route', 'none', 'It reaches nothing outside its own network, and kubeadm finds no address to advertise: set a gateway (ip route; the network configuration of the system).'),
    ...(failedUnits.length > 0 ? [warn('units', `failed: ${failedUnits.slice(0, 5).join(', ')}${failedUnits.length > 5 ? ` and ${failedUnits.length - 5} more` : ''}`, `systemctl status ${failedUnits[0] ?? ''}; systemctl reset-failed forgets those that do not matter.`)] : []),
  ];
}

function judgeRights({ isRoot, user, become, login }: Examined): Judged {
  if (isRoot) return ok('rights', login === undefined || login === 'root' ? 'root' : `root, through sudo from ${login}`);
  if (become) return bad('rights', `steps run as ${user}, not as root`, 'Let the user become root through sudo, or set `become: false` where that is meant.');
  return ok('rights', `${user}, without sudo, as the inventory says`);
}
