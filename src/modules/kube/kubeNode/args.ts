import { z } from 'zod';
import { kubeconfig, objectName, timeout } from '../args/fields.ts';

const part = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const key = () =>
  z.string().refine((text) => {
    const [name = '', prefix, ...more] = text.split('/').toReversed();
    return more.length === 0 && part.test(name) && (prefix === undefined || /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(prefix));
  }, 'must be the name of a label, such as topology.kubernetes.io/zone');
const value = () => z.string().refine((text) => text === '' || part.test(text), 'must be the value of a label: letters, digits, dashes, dots, 63 at most');

export const nodeArgs = z.strictObject({
  name: objectName().describe('The name of the Node object.'),
  labels: z.record(key(), value()).default({}).describe('Labels that it has. One that this set and no longer names is taken away; those of others stay.'),
  taints: z
    .array(
      z.strictObject({
        key: key().describe('Its name.'),
        value: value().default('').describe('Its value.'),
        effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).describe('What it does.'),
      }),
    )
    .default([])
    .describe('Taints that it has. One that this set and no longer names is taken away; those of others stay.'),
  without: z.array(key()).default([]).describe('Names of taints that it has not, whoever set them, e.g. node-role.kubernetes.io/control-plane.'),
  kubeconfig: kubeconfig(),
  timeout: timeout(60_000).describe('How long the API and the Node object may keep us waiting, in ms.'),
});
export type NodeArgs = z.output<typeof nodeArgs>;
