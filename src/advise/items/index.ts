import type { Item } from '../row.ts';
import { bigTcp } from './bigTcp.ts';
import { cpu } from './cpu.ts';
import { datapath } from './datapath.ts';
import { network } from './network.ts';
import { routing } from './routing.ts';
import { tuned } from './tuned.ts';
import { xdp } from './xdp.ts';

/** Everything that the tuning lists of the field name, in the order in which it would be done. */
export const items: readonly Item[] = [...routing, ...bigTcp, ...datapath, xdp, ...network, tuned, ...cpu];
