import { labError } from './fail.ts';
import type { Lab, LabNode } from './lab.ts';

export interface Topology {
  /** A number makes node1, node2, ...; names are taken as they are. */
  readonly nodes: number | readonly string[];
  /** How many of them, from the first, are control planes. Default: 1. */
  readonly controlPlanes?: number;
}

/** The nodes of a lab, with addresses inside its own network; nothing about them exists yet. */
export function layOut({ nodes, controlPlanes = 1 }: Topology, net: string): LabNode[] {
  const names = typeof nodes === 'number' ? Array.from({ length: nodes }, (_, i) => `node${i + 1}`) : nodes;
  if (names.length < 1 || names.length > 50) throw labError(`a lab has 1 to 50 nodes, not ${names.length}`);
  const bad = names.find((name, i) => !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name) || names.indexOf(name) !== i);
  if (bad !== undefined) throw labError(`"${bad}" cannot be the name of a node`, { hint: 'Use host names: lower-case letters, digits and dashes, each once.' });
  if (controlPlanes > names.length) throw labError(`${controlPlanes} control planes were asked for, of ${names.length} ${names.length === 1 ? 'node' : 'nodes'}`, { hint: 'Ask for as many nodes as control planes, or more.' });
  return names.map((name, i) => ({
    name,
    index: i + 1,
    ip: `${net}.${100 + i + 1}`,
    ip6: `${prefix6(net)}::${100 + i + 1}`,
    role: i < controlPlanes ? 'controlPlane' : 'worker',
    address: '127.0.0.1',
    port: 0,
    hostKeys: [],
  }));
}

/** A /24 for a lab. It exists only in the lab's own namespace, so it may be any; different labs get different ones for the eye. */
export const chooseNet = (id: string): string => `10.77.${1 + (Number.parseInt(id.slice(-4), 16) % 250)}`;

/** The IPv6 /64 (unique local) that goes with a /24. */
export const prefix6 = (net: string): string => `fd00:77:${net.split('.')[2] ?? '0'}:0`;

export const gateway = ({ net }: Pick<Lab, 'net'>): string => `${net}.1`;
export const gateway6 = ({ net }: Pick<Lab, 'net'>): string => `${prefix6(net)}::1`;
