import { isIPv6 } from 'node:net';
import { nameProblem } from '../check/address.ts';
import { isRange, readRange } from '../layout/range.ts';

/** The hosts that a name in an inventory stands for, and the port behind its colon. */
export interface HostNames {
  readonly names: readonly string[];
  readonly port?: number;
}

/**
 * `node1`, `node[01:12].lan`, `[a:f]`, `node[:3]` (from 0), `node1:2222`.
 * Gives a text where it means nothing, or nothing that a host here may be called.
 */
export function ansibleHosts(pattern: string): HostNames | string {
  const [, bare = pattern, port] = /^(.*[^:]):(\d+)$/.exec(pattern) ?? [];
  const isAddress = isIPv6(pattern) || isIPv6(bare.replace(/^\[(.*)\]$/, '$1'));
  if (isAddress) return `${pattern} is an IPv6 address, and a host wants a name`;
  if (pattern.endsWith(':')) return `${pattern} ends in a colon`;
  const text = bare.replaceAll(/\[:(\d)/g, '[0:$1');
  const names = isRange(text) ? readRange(text) : [text];
  if (typeof names === 'string') return names;
  const problem = names.map(hostProblem).find((found) => found !== undefined);
  return problem ?? { names, ...(port === undefined ? {} : { port: Number(port) }) };
}

function hostProblem(name: string): string | undefined {
  if (name === 'all') return '"all" stands for every host and cannot be the name of one';
  if (name === 'controller') return '"controller" stands for the machine that Plinth runs on and cannot be the name of a host';
  return nameProblem(name);
}
