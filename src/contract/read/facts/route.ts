import type { Facts } from '../facts.ts';
import type { Lines } from './lines.ts';

/** From /proc/net/route (`eth0 0100000A`, little end first) or `ip -6 route`. */
export function parseRoute(said: Lines): Facts['defaultRoute'] {
  const [nic, hex] = said.one('route').split(' ');
  if (nic && hex) return { nic, gateway: (hex.match(/../g) ?? []).toReversed().map((byte) => Number.parseInt(byte, 16)).join('.') };
  const [, gateway, nic6] = /^default via (\S+) dev (\S+)/.exec(said.one('route6')) ?? [];
  return gateway && nic6 ? { nic: nic6, gateway } : null;
}
