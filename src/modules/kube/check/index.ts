import { z } from 'zod';
import { type Check, defineModule, read, refuse, sh } from '../../../contract/index.ts';

const isCheck = (value: unknown): value is Check => typeof value === 'object' && value !== null && 'reading' in value && 'judge' in value && typeof value.judge === 'function';

/** What it found is told beside the result: the evidence. What cannot be looked at is skipped with the reason, which is no success. */
export const check = defineModule({
  name: 'check',
  summary: 'Something that must hold of a cluster, looked at and judged.',

  args: z
    .strictObject({
      check: z.custom<Check>(isCheck, 'must be a check, such as one of checksOf(...)').meta({ title: 'Check' }).optional().describe('What is read, and how it is judged.'),
      skip: z.string().min(1, 'must say why').optional().describe('Why it is not looked at.'),
    })
    .refine(({ check: one, skip }) => (one === undefined) !== (skip === undefined), 'wants either check or skip'),

  observe: ({ check: one }) => ({ said: one?.reading ?? nothing }),

  *plan({ check: one }, { said }) {
    const found = one?.judge(said);
    if (found?.status !== 'failed') return;
    // On nodes that are bare yet there is nothing to look at: a plan that brings the cluster is whole without it.
    yield refuse(`it does not hold: ${one?.name}`, found.evidence, { ...(found.hint === undefined ? {} : { hint: found.hint }), unless: { brought: ['cluster', 'program kubelet', 'program kubeadm', 'package kubeadm', 'package kubelet'], changes: [] } });
  },

  found({ check: one, skip }, { said }) {
    if (skip !== undefined) return { evidence: skip, skipped: true };
    const found = one?.judge(said);
    return found && { evidence: found.evidence, ...(found.status === 'skipped' ? { skipped: true } : {}) };
  },
});

const nothing = read.said(sh`:`);
