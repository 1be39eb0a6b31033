import { isIPv4, isIPv6 } from 'node:net';
import { isRange, readRange } from '../layout/range.ts';

/** What is wrong with an address (or a range of addresses), if anything. */
export function addressProblem(address: string): string | undefined {
  if (/^\[[^\]]*:[^\]]*:[^\]]*\](:\d+)?$/.test(address)) return `${address}: write an IPv6 address without brackets, and its port as \`port:\` beside \`address:\``;
  if (!isRange(address)) return problemOf(address);
  const addresses = readRange(address);
  return typeof addresses === 'string' ? addresses : addresses.map(problemOf).find((problem) => problem !== undefined);
}

function problemOf(address: string): string | undefined {
  // Node compiles its IPv6 pattern at the first call, which takes longer than all the rest: only where there is a colon.
  if (address.includes(':') ? isIPv6(address) : isIPv4(address)) return undefined;
  if (address.includes('@')) return `${address} holds a user: write \`user:\` beside \`address:\``;
  if (/^[^:]+:\d+$/.test(address)) return `${address} holds a port: write \`port:\` beside \`address:\``;
  if (/^[\d.]+$/.test(address)) return `${address} is not an IPv4 address`;
  if (address.includes(':')) return `${address} is not an IPv6 address`;
  return nameProblem(address);
}

/** Of host names: letters, digits, dots, hyphens and underscores, as DNS and ssh_config take them. */
export function nameProblem(name: string): string | undefined {
  if (name.length > 253) return `${name.slice(0, 20)}... is longer than 253 characters`;
  const odd = /[^A-Za-z0-9._-]/.exec(name);
  if (odd) return `${JSON.stringify(odd[0])} cannot stand in a host name${odd[0] === '[' ? '; a range is written [1:3]' : ''}`;
  const label = name.split('.').find((part) => part === '' || part.length > 63 || /^-|-$/.test(part));
  if (label === undefined) return undefined;
  return label === '' ? `"${name}" has an empty part` : label.length > 63 ? `${label.slice(0, 20)}... is longer than 63 characters` : `"${label}" begins or ends with a hyphen`;
}

/** The same for two spellings of one address. */
export function sameAddress(address: string): string {
  if (!address.includes(':') || !isIPv6(address)) return address.toLowerCase().replace(/\.$/, '');
  const [bare = '', zone] = address.split('%');
  const short = new URL(`http://[${bare}]`).hostname;
  return zone === undefined ? short : `${short}%${zone}`;
}
