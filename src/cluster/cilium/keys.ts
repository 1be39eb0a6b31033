import { nearest } from '../../contract/nearest.ts';
import { bare, isAtLeast, minorOf } from '../versions.ts';
import table from './keys.json' with { type: 'json' };

/** Keys of the chart of Cilium, by the minors that have them; `.*` means that anything may stand below. */
const ranges = Object.entries(table).map(([range, keys]) => {
  const [from = '', to = ''] = range.split('-');
  return { from, to, keys: keys.split(' ') };
});

const oldest = '1.13';
const newest = '1.20';

/** The minor whose keys we know best for a version: a newer one than we know is taken for the newest that we do. */
const knownMinor = (version: string): string => {
  const minor = minorOf(version);
  if (!isAtLeast(minor, oldest)) return oldest;
  return isAtLeast(newest, minor) ? minor : newest;
};

/** All keys of a version. */
export const keysOf = (version: string): readonly string[] => {
  const minor = knownMinor(version);
  return ranges.flatMap(({ from, to, keys }) => (isAtLeast(minor, from) && isAtLeast(to, minor) ? keys : []));
};

/** The versions that had a key which this one has not, e.g. `1.13-1.16`. */
export function otherMinors(key: string): string | undefined {
  const [first, ...more] = ranges.filter(({ keys }) => keys.some((known) => known === key || known === `${key}.*` || known.startsWith(`${key}.`)));
  if (!first) return undefined;
  const from = more.reduce((least, range) => (isAtLeast(least, range.from) ? range.from : least), first.from);
  const to = more.reduce((most, range) => (isAtLeast(most, range.to) ? most : range.to), first.to);
  return from === to ? from : `${from} to ${to}`;
}

/** What took the place of a key. Sources: upgrade notes and charts of each minor; kubespray and cilium issues for the rest. */
const instead: Readonly<Record<string, string>> = {
  tunnel: 'routingMode and tunnelProtocol',
  'externalIPs.enabled': 'nothing: the replacement of kube-proxy serves external IPs',
  'hostPort.enabled': 'nothing: the replacement of kube-proxy serves host ports',
  'nodePort.enabled': 'nothing: the replacement of kube-proxy serves node ports',
  'hubble.bufferSize': 'hubble.eventBufferCapacity',
  'l2podAnnouncements.interface': 'l2podAnnouncements.interfacePattern',
  'encryption.strictMode.enabled': 'encryption.strictMode.egress.enabled',
  'encryption.strictMode.cidr': 'encryption.strictMode.egress.cidr',
  enableCiliumEndpointSlice: 'ciliumEndpointSlice.enabled',
  'ipam.operator.clusterPoolIPv4PodCIDR': 'ipam.operator.clusterPoolIPv4PodCIDRList',
  'containerRuntime.integration': 'nothing',
};

/** A key of values that a version of the chart does not know, and what to write. */
export interface UnknownKey {
  readonly key: string;
  /** Minors that know it. */
  readonly knownTo?: string;
  readonly instead?: string;
}

/** Keys that the chart of a version would ignore without a word: it has no strict schema. */
export function unknownKeys(values: Readonly<Record<string, unknown>>, version: string): UnknownKey[] {
  const known = keysOf(bare(version));
  const open = new Set(known.filter((key) => key.endsWith('.*')).map((key) => key.slice(0, -2)));
  const closed = new Set(known.filter((key) => !key.endsWith('.*')));
  const inner = new Set([...open, ...closed].flatMap((key) => key.split('.').map((_, index, parts) => parts.slice(0, index).join('.'))));
  const look = (value: unknown, path: string): string[] => {
    if (open.has(path) || closed.has(path)) return [];
    if (!inner.has(path)) return [path];
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value).flatMap(([key, below]) => look(below, `${path}.${key}`)) : [];
  };
  const found = Object.entries(values).flatMap(([key, value]) => (key === 'global' ? [] : look(value, key)));
  return found.map((key) => {
    const knownTo = otherMinors(key);
    const replacement = instead[key] ?? (knownTo === undefined ? nearest(key, [...open, ...closed]) : undefined);
    return { key, ...(knownTo === undefined ? {} : { knownTo }), ...(replacement === undefined ? {} : { instead: replacement }) };
  });
}
