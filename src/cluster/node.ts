import type { Node } from '../advise/node.ts';

/** A node as the cluster sees it: what it is, what it shall be, and its address among the others. */
export interface ClusterNode extends Node {
  readonly role: 'controlPlane' | 'worker';
  readonly address: string | undefined;
}
