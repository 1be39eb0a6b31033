import { type Judged, ok, warn } from '../finding.ts';

/** How far clocks may be apart before certificates and logs suffer, in ms. */
export const tolerated = 2000;

/**
 * The controller's clock: what its own system says, and what the hosts' clocks say of it.
 * @param synchronized of timedatectl; undefined where nobody knows.
 * @param skews of the hosts against the controller, in ms.
 */
export function judgeClock(synchronized: boolean | undefined, skews: readonly number[]): Judged {
  const sorted = skews.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const agree = sorted.filter((skew) => Math.abs(skew - middle) < tolerated).length;
  // Hosts that agree with one another and not with us: it is our clock.
  if (sorted.length >= 2 && agree > sorted.length / 2 && Math.abs(middle) >= tolerated) return warn('clock', `${agree} of ${sorted.length} hosts agree that it is ${(Math.abs(middle) / 1000).toFixed(1)} s ${middle > 0 ? 'slow' : 'fast'}`, 'Set the controller\'s clock: timedatectl set-ntp true. Tokens and certificates that it makes are dated by it.');
  if (synchronized === false) return warn('clock', 'not kept by a time service', 'timedatectl set-ntp true, or install chrony.');
  return ok('clock', synchronized ? 'kept by a time service' : skews.length > 0 ? `within ${(Math.max(0, ...skews.map(Math.abs)) / 1000).toFixed(1)} s of the hosts` : new Date().toISOString());
}
