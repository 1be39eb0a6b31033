import type { Facts } from '../../../contract/read/facts.ts';
import { tolerated } from '../controller/clock.ts';
import { bad, type Judged, ok, warn } from '../finding.ts';

/** Above this TLS and etcd break, in ms. */
const tooFar = 60_000;

/** The node's clock against the controller's, and who keeps it. */
export function judgeTime({ clockSkewMs, timeSync, container }: Pick<Facts, 'clockSkewMs' | 'timeSync' | 'container'>, synchronized: boolean | undefined): Judged {
  const apart = Math.abs(clockSkewMs);
  const found = `${apart < 100 ? 'right' : `${(apart / 1000).toFixed(1)} s ${clockSkewMs > 0 ? 'ahead' : 'behind'}`}, ${timeSync === null ? (container ? 'kept by its host' : 'kept by nobody') : `kept by ${timeSync}`}${synchronized === false && timeSync !== null ? ', not synchronised yet' : ''}`;
  const hint = timeSync === null ? 'Install a time service: apt-get install systemd-timesyncd (or chrony), then timedatectl set-ntp true.' : `See why it does not keep time: ${timeSync === 'chrony' ? 'chronyc sources' : 'timedatectl timesync-status'}; UDP port 123 must get out.`;
  if (apart >= tooFar) return bad('clock', found, `Certificates are not valid yet, or no longer. ${hint}`);
  if (apart >= tolerated) return warn('clock', found, hint);
  if (container) return ok('clock', found);
  return timeSync === null || synchronized === false ? warn('clock', found, hint) : ok('clock', found);
}
