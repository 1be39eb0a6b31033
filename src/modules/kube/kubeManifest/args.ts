import { z } from 'zod';
import { objectsIn, repeated } from '../objects/documents.ts';
import { wantedOf } from '../objects/manifest.ts';
import { kubeconfig, objectName, timeout, yamlText } from '../args/fields.ts';

export const manifestArgs = z
  .strictObject({
    set: objectName().refine((name) => name.length <= 50, 'must have 50 characters at most').describe('What these objects are together. An object that is no longer among them is deleted from the cluster.'),
    objects: z.array(z.record(z.string(), z.json())).default([]).describe('The objects, as the API takes them.'),
    manifests: z.array(yamlText()).default([]).describe('Texts of YAML with further objects, or files: localTree(...).files[0].content, openBundle(...).manifests[0].content.'),
    state: z.enum(['present', 'absent']).default('present').describe('`absent` deletes every object of the set.'),
    force: z.boolean().default(false).describe('Takes fields over that somebody else set to another value. Without it such a field is a refusal that names its owner.'),
    prune: z.boolean().default(true).describe('Deletes what was in the set and is no longer.'),
    kubeconfig: kubeconfig(),
    timeout: timeout(120_000).describe('Longest time that one step may take, in ms: the API to answer, a CRD to be established, an object to be gone.'),
  })
  .refine(({ state, objects, manifests }) => state === 'absent' || objects.length + manifests.length > 0, { path: ['objects'], message: 'or manifests must hold something' })
  .transform(({ manifests, objects, ...args }, context) => {
    try {
      const all = [...objects.flatMap(wantedOf), ...manifests.flatMap(objectsIn)];
      const twice = repeated(all);
      if (twice !== undefined) context.addIssue({ code: 'custom', path: ['objects'], message: `name ${twice} twice` });
      return { ...args, objects: all };
    } catch (error) {
      context.addIssue({ code: 'custom', path: [objects.length > 0 && manifests.length === 0 ? 'objects' : 'manifests'], message: error instanceof Error ? error.message : String(error) });
      return z.NEVER;
    }
  });
export type ManifestArgs = z.output<typeof manifestArgs>;
