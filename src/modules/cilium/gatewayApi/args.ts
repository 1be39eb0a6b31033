import { z } from 'zod';
import { kubeconfig, timeout, yamlText } from '../../kube/args/fields.ts';
import { objectsIn, repeated } from '../../kube/objects/documents.ts';
import { unfit } from './bundle.ts';

export const gatewayArgs = z
  .strictObject({
    version: z
      .string()
      .regex(/^v?\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$/, 'must be a whole version, such as v1.6.1')
      .transform((text) => (text.startsWith('v') ? text : `v${text}`))
      .describe('The bundle version: the one that this Cilium is built for.'),
    channel: z.enum(['standard', 'experimental']).default('standard').describe('Which CRDs.'),
    manifest: yamlText().describe('standard-install.yaml or experimental-install.yaml of that version: its text, or the content of a file.'),
    downgrade: z.boolean().default(false).describe('Lets an older version, or another channel, take the place of what is there. Fields and kinds that it does not know are lost.'),
    kubeconfig: kubeconfig(),
    timeout: timeout(120_000).describe('Longest time that one step may take, in ms.'),
  })
  .transform(({ manifest, ...args }, context) => {
    try {
      const objects = objectsIn(manifest);
      const why = unfit(objects, args) ?? (repeated(objects) === undefined ? undefined : `names ${repeated(objects)} twice`);
      if (why !== undefined) context.addIssue({ code: 'custom', path: ['manifest'], message: why });
      return { ...args, objects };
    } catch (error) {
      context.addIssue({ code: 'custom', path: ['manifest'], message: error instanceof Error ? error.message : String(error) });
      return z.NEVER;
    }
  });
export type GatewayArgs = z.output<typeof gatewayArgs>;
