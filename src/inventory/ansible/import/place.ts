import { isDeepStrictEqual } from 'node:util';
import { isPlain } from '../../check/plain.ts';

/** What one host has under one name, and who said so in the end: `all`, `group x` or `host y`. */
export interface Had {
  readonly value: unknown;
  readonly by: string;
}

/** Where values are to stand, so that merging gives every host what it had. */
export interface Placed {
  readonly all: Map<string, unknown>;
  readonly groups: Map<string, Map<string, unknown>>;
  readonly hosts: Map<string, Map<string, unknown>>;
}

/**
 * Puts each value as far out as it was said, as long as nothing else would come of it: with Ansible a map replaces a map and the
 * last group by name wins, here maps merge and two equal groups may not disagree. What does not fit stands with its host.
 */
export function place(hosts: ReadonlyMap<string, ReadonlyMap<string, Had>>, members: ReadonlyMap<string, readonly string[]>, hostsOnly: ReadonlySet<string> = new Set()): Placed {
  const placed: Placed = { all: new Map(), groups: new Map(), hosts: new Map() };
  const names = new Set([...hosts.values()].flatMap((had) => [...had.keys()]));
  for (const name of names) {
    const said = new Map([...hosts].flatMap(([host, had]): [string, Had][] => {
      const one = had.get(name);
      return one ? [[host, one]] : [];
    }));
    const given = hostsOnly.has(name) ? new Map<string, unknown>() : placeWide(name, said, hosts.size, members, placed);
    for (const [host, { value }] of said) {
      if (given.has(host) && isDeepStrictEqual(given.get(host), value)) continue;
      put(placed.hosts, host, name, value);
    }
  }
  return placed;
}

/** Places a value for all hosts or for groups, and gives what each host has by that. */
function placeWide(name: string, said: ReadonlyMap<string, Had>, count: number, members: ReadonlyMap<string, readonly string[]>, placed: Placed): ReadonlyMap<string, unknown> {
  const given = new Map<string, unknown>();
  const values = [...said.values()];
  const [first] = values;
  const allEqual = values.every(({ value }) => isDeepStrictEqual(value, first?.value));
  const ofAll = values.find(({ by }) => by === 'all') ?? (allEqual && count > 1 ? first : undefined);
  if (ofAll && said.size === count && (allEqual || !values.some(({ value }) => isPlain(value)))) {
    placed.all.set(name, ofAll.value);
    for (const host of said.keys()) given.set(host, ofAll.value);
  }
  const taken = new Set<string>();
  for (const [group, inside] of members) {
    const had = inside.map((host) => said.get(host));
    const value = had.find((one) => one?.by === `group ${group}`)?.value;
    if (value === undefined || had.some((one) => one === undefined) || inside.some((host) => taken.has(host))) continue;
    if (isPlain(value) && !had.every((one) => isDeepStrictEqual(one?.value, value))) continue;
    if (inside.every((host) => given.has(host) && isDeepStrictEqual(given.get(host), value))) continue;
    put(placed.groups, group, name, value);
    for (const host of inside) {
      taken.add(host);
      given.set(host, value);
    }
  }
  return given;
}

function put(into: Map<string, Map<string, unknown>>, owner: string, name: string, value: unknown): void {
  into.set(owner, (into.get(owner) ?? new Map<string, unknown>()).set(name, value));
}
