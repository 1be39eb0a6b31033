import type { Endpoint } from '../args/fields.ts';

/** Where a node stands in its cluster: `placeFields` as they are parsed. */
export interface Place {
  readonly nodeName?: string | undefined;
  readonly nodeIp: string;
  readonly bindPort: number;
  readonly endpoint: Endpoint;
  readonly peers: readonly string[];
}
