import { z } from 'zod';

/** How a run was asked for: enough to list it, and to go on with it. */
export const runMetaSchema = z.object({
  format: z.literal(1),
  id: z.string(),
  mode: z.enum(['plan', 'apply']),
  playbook: z.string(),
  inventory: z.array(z.string()),
  limit: z.string().exactOptional(),
  tags: z.array(z.string()).exactOptional(),
  skipTags: z.array(z.string()).exactOptional(),
  version: z.string(),
  startedAt: z.string(),
  pid: z.int(),
  /** The interrupted run that this one goes on with. */
  resumes: z.string().exactOptional(),
});
export type RunMeta = z.output<typeof runMetaSchema>;
