import { z } from 'zod';
import { localContent } from '../../args/localContent.ts';
import { kubeconfig, objectName, timeout } from '../args/fields.ts';

export const releaseArgs = z
  .strictObject({
    name: objectName().refine((name) => name.length <= 53, 'must have 53 characters at most').describe('The name of the release.'),
    namespace: objectName().default('default').describe('Its namespace; made where it is missing.'),
    chart: z
      .string()
      .regex(/^(oci:\/\/\S+\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/, 'must be the name of a chart, or oci://.../NAME')
      .optional()
      .describe('The name of the chart, as its Chart.yaml says, or oci://.../NAME.'),
    repo: z.url({ protocol: /^https?$/ }).optional().describe('The address of the repository the chart is in. Left out: chart is oci://..., or file is given.'),
    file: localContent().optional().describe('The chart itself: openBundle(...).charts[0].file.content. It is sent where the release differs.'),
    version: z
      .string()
      .regex(/^v?\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$/, 'must be a whole version, such as 1.20.1')
      .optional()
      .describe('The version of the chart.'),
    values: z.record(z.string(), z.json()).default({}).describe("The chart's values, all of them: what a release was given otherwise before is taken away."),
    state: z.enum(['present', 'absent']).default('present').describe('`absent` uninstalls the release.'),
    crds: z.enum(['install', 'upgrade', 'skip']).default('install').describe("The chart's crds folder. Helm itself only installs it; `upgrade` applies it each time the release changes."),
    takeOwnership: z.boolean().default(false).describe('Objects that are there without Helm become part of the release. Needs Helm 3.17.'),
    wait: z.boolean().default(false).describe("Waits until the release's workloads are rolled out, and says what they wait for. A kubeWait of its own tells more."),
    kubeconfig: kubeconfig(),
    timeout: timeout(600_000).describe('Longest time that Helm may take, in ms, and longest time to wait after it.'),
  })
  .refine(({ state, chart }) => state === 'absent' || chart !== undefined, { path: ['chart'], message: 'must be given' })
  .refine(({ state, version }) => state === 'absent' || version !== undefined, { path: ['version'], message: 'must be given: a release is pinned' })
  .refine(({ state, chart, repo, file }) => state === 'absent' || [chart?.startsWith('oci://') ?? false, repo !== undefined, file !== undefined].filter(Boolean).length === 1, { path: ['chart'], message: 'comes from one place: oci://, repo or file' });
export type ReleaseArgs = z.output<typeof releaseArgs>;
