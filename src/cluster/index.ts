import { specFindings } from './compatibility/index.ts';
import { type ClusterSpec, clusterSpec as shape } from './spec/index.ts';

export { compatibility } from './compatibility/index.ts';
export { endpointAddress } from './compatibility/networks.ts';
export { ciliumValues } from './cilium/values.ts';
export type { Finding } from './finding.ts';
export type { ClusterNode } from './node.ts';
export type { ClusterSpec, ClusterSpecInput } from './spec/index.ts';
export { type Versions, versionsOf } from './versions.ts';

/**
 * The variable `cluster` of an inventory. What is known not to work is refused while the inventory is read, at the line that says
 * it: versions, networks that overlap, values that the chart ignores, features that exclude each other.
 */
export const clusterSpec = shape.superRefine((spec: ClusterSpec, context) => {
  for (const { verdict, subject, what, hint, source, path } of specFindings(spec)) {
    if (verdict === 'broken') context.addIssue({ code: 'custom', path: [...(path ?? [])], message: `${subject}: ${what}${source === undefined ? '' : ` (${source})`}`, params: { hint } });
  }
});
