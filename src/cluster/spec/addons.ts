import { z } from 'zod';
import { objectName, overrides, version } from './address.ts';

export const gatewayApi = z
  .strictObject({
    channel: z.enum(['standard', 'experimental']).default('standard').describe('Which CRDs.'),
    manifest: z.string().optional().describe('The file standard-install.yaml or experimental-install.yaml of that version, from the working folder. Needed unless a bundle brings it.'),
    version: version('v1.6.1').optional().describe('Of the CRDs. Left out: the ones that this Cilium is built for.'),
  })
  .describe('Gateway API; false leaves it out.');

export const hubble = z
  .strictObject({
    relay: z.boolean().default(true).describe('One place that knows the flows of all nodes.'),
    ui: z.boolean().default(false).describe('A page for people. Needs the relay.'),
    metrics: z.array(z.string()).default([]).describe('Metrics to export, e.g. dns, drop, tcp, flow.'),
    history: z
      .strictObject({
        seconds: z.int().min(1).describe('How long flows are kept.'),
        flowsPerSecond: z.int().min(1).default(300).describe('How many of them a node sees.'),
      })
      .optional()
      .describe('Sizes the ring buffer of every node. Left out: 4095 flows, which is what Cilium does.'),
  })
  .refine(({ relay, ui }) => relay || !ui, { path: ['ui'], message: 'needs relay: true' })
  .describe('Hubble; false turns it off.');

export const release = z.strictObject({
  name: objectName().describe('The name of the release.'),
  namespace: objectName().default('default').describe('Its namespace; made where it is missing.'),
  chart: z.string().describe('`repo/chart` of a bundle, a path to a .tgz, or oci://...'),
  repo: z.string().optional().describe('The address of the repository. Left out: chart says it all.'),
  version: z.string().optional().describe('Of the chart. Needed unless chart is a file.'),
  values: overrides("the chart's values"),
});

export const manifest = z.union([
  z.strictObject({ name: objectName().describe('Tells sets apart; what leaves the set is deleted.'), file: z.string().describe('A file of YAML documents, from the inventory.') }),
  z.strictObject({ name: objectName(), objects: z.array(z.record(z.string(), z.json())).describe('The objects themselves.') }),
]);
