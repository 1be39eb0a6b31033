import type { Finding } from '../finding.ts';
import type { ClusterNode } from '../node.ts';
import type { ClusterSpec } from '../spec/index.ts';
import { endpointFindings, networkFindings } from './networks.ts';
import { nodeFindings } from './nodes.ts';
import { valueFindings } from './values.ts';
import { versionFindings } from './versions.ts';

/** What can be said of a spec alone, before any node was seen. */
export const specFindings = (spec: ClusterSpec): Finding[] => [...versionFindings(spec), ...networkFindings(spec, []), ...valueFindings(spec)];

/**
 * Everything that can be said of a spec on these nodes. Broken ones must be mended before the first change. Pure.
 * Sources stand in each finding.
 */
export const compatibility = (spec: ClusterSpec, nodes: readonly ClusterNode[]): Finding[] => [...versionFindings(spec), ...networkFindings(spec, nodes), ...endpointFindings(spec, nodes), ...valueFindings(spec), ...nodeFindings(spec, nodes)];
