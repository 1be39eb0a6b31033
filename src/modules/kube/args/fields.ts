import { z } from 'zod';
import { isSource, type Source } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';

/** RFC 1123, as names of most objects are. */
export const objectName = () => z.string().regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, 'must be lower case letters, digits, dots and dashes, such as kube-system');

/** Names of CRDs, roles and the like may hold more. */
export const anyName = () => z.string().regex(/^[A-Za-z0-9][-A-Za-z0-9._:]*$/, 'must be a name of an object, such as coredns');

export const apiVersion = () => z.string().regex(/^([a-z0-9.-]+\/)?v[0-9][a-z0-9]*$/, 'must be a version of the API, such as apps/v1');

export const kind = () => z.string().regex(/^[A-Z][A-Za-z0-9]*$/, 'must be a kind in the singular, such as DaemonSet');

export const kubeconfig = () => absolutePath().default('/etc/kubernetes/admin.conf').describe('The credentials on the node.');

export const timeout = (ms: number) => z.int().min(1000, 'is in milliseconds: at least 1000').default(ms);

/** A document of YAML, or a file of this machine that holds some: it is read while the playbook is evaluated. */
export const yamlText = () =>
  z
    .union([z.string(), z.custom<Source>(isSource, 'must be a text of YAML, or the content of a file that localTree or openBundle read').meta({ title: 'Source' })])
    .transform((text) => (typeof text === 'string' ? text : text.text()));

const labels = () => z.record(z.string(), z.string());

/** A LabelSelector of the API. */
export const selector = () =>
  z.strictObject({
    matchLabels: labels().optional().describe('Labels that must be there.'),
    matchExpressions: z
      .array(
        z.strictObject({
          key: z.string().describe('The label.'),
          operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']).describe('How it is compared.'),
          values: z.array(z.string()).optional().describe('With what.'),
        }),
      )
      .optional()
      .describe('Conditions on labels.'),
  });
