import { z } from 'zod';
import { late } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';

export const kubeconfigArgs = z
  .strictObject({
    state: z.enum(['present', 'absent']).default('present').describe('`absent` takes the context away, with its cluster and user.'),
    context: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._@-]*$/, 'must be letters, digits, dots and dashes').describe('The name of the context, of its cluster and (with admin@ before it) of its user.'),
    content: late(z.string()).optional().describe('A kubeconfig, such as the output of fetchFile for /etc/kubernetes/admin.conf on a control plane.'),
    server: z.url({ protocol: /^https$/, error: 'must be a URL such as https://10.0.0.100:6443' }).optional().describe("Where this machine reaches the API. Default: the content's own."),
    path: absolutePath().optional().describe('The file. Default: ~/.kube/config of the user who runs the task.'),
    select: z.boolean().default(false).describe('Makes it the current context also where another one is. It becomes so where there is none.'),
  })
  .refine(({ state, content }) => state === 'absent' || content !== undefined, { path: ['content'], message: 'is needed where the context is to be present' });
