import type { Row, Verdict } from './row.ts';

/** What can be said of an item for the whole fleet. */
export interface FleetRow {
  readonly item: string;
  /** `ok` or `possible` only where every node that it applies to can have it. */
  readonly verdict: Verdict;
  /** The nodes that stand in its way. */
  readonly blockedBy: readonly string[];
  readonly reason: string;
}

/**
 * What every node can have: most settings of Cilium hold for all nodes, so the weakest decides. Nodes that an item does not
 * apply to have no say.
 */
export function fleetAdvice(rows: readonly Row[]): FleetRow[] {
  return [...new Set(rows.map(({ item }) => item))].map((item) => {
    const own = rows.filter((row) => row.item === item);
    const blocking = own.filter(({ verdict }) => verdict === 'blocked');
    const [first] = blocking;
    if (first) return { item, verdict: 'blocked', blockedBy: blocking.map(({ node }) => node), reason: `${first.node}: ${first.reason}` };
    const concerned = own.filter(({ verdict }) => verdict !== 'not applicable');
    const [some] = concerned;
    if (!some) return { item, verdict: 'not applicable', blockedBy: [], reason: own[0]?.reason ?? '' };
    const open = concerned.find(({ verdict }) => verdict === 'possible');
    return { item, verdict: open ? 'possible' : 'ok', blockedBy: [], reason: (open ?? some).reason };
  });
}
