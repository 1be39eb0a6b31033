import { z } from 'zod';

const text = z.string().nullish().transform((value) => value ?? undefined);

const expectedChange = z.strictObject({
  what: z.string(),
  /** Left out: nothing is there yet. */
  from: text,
  /** Left out: it is taken away. */
  to: text,
  /** Parts of what mends it, as people are shown it. */
  run: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
});

/** One case of a module: arguments and a node found like this, and what must follow. */
export const caseSchema = z
  .strictObject({
    /** What the case shows, one sentence. It stands in the module's reference. */
    what: z.string().regex(/\.$/, 'ends with a full stop'),
    args: z.unknown(),
    /** Readings by name, as they are parsed; one that is left out reads as nothing there. */
    observed: z.record(z.string(), z.unknown()).default({}),
    /** Every change, in order; `[]` where nothing differs. */
    changes: z.array(expectedChange).optional(),
    /** Part of the reason the module gives for not going on. */
    refusal: z.string().optional(),
    /** With a refusal that an earlier task may lift: what will differ then, as a plan tells it. */
    foreseen: z.array(expectedChange).optional(),
    /** Part of the message that the arguments are refused with. */
    error: z.string().optional(),
    /** What the module hands to other tasks, before anything has been applied. */
    output: z.unknown().optional(),
    /** How a playbook says it, where that is not to be seen from the arguments. For the reference. */
    example: z.string().optional(),
  })
  .refine(({ changes, refusal, error }) => [changes, refusal, error].filter((one) => one !== undefined).length === 1, 'says exactly one of changes, refusal and error');

export type Case = z.output<typeof caseSchema> & { readonly file: string };

/** One example of an action. */
export const actionCaseSchema = z.strictObject({
  what: z.string().regex(/\.$/, 'ends with a full stop'),
  args: z.unknown(),
  /** Parts of the script it runs. */
  run: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
});

export type ActionCase = z.output<typeof actionCaseSchema> & { readonly file: string };

/** One trial of a module on a real node. Shell texts run as root, under `set -eu`. */
export const labCaseSchema = z.strictObject({
  name: z.string(),
  /** Brings the node to where the trial starts. */
  setup: z.string().default(':'),
  args: z.unknown(),
  /** Succeeds when the node is as wanted, by means other than the module's own. */
  expect: z.string().default(':'),
  /** The node is as wanted from the start: only then may the first plan be empty. */
  converged: z.boolean().default(false),
  /** Arguments that bring back what was there before the trial. Left out: the same with `state: absent`, where the module knows that. */
  revert: z.unknown().optional(),
  /** Breaks by hand what the module must mend. */
  breakage: z.string().optional(),
  /** It cannot be tried by itself: where it is tried instead, and why there. */
  elsewhere: z.string().min(20).optional(),
});

export type LabCase = z.output<typeof labCaseSchema>;

/** A law that a module does not keep, and why it may. */
export const exemptionSchema = z.strictObject({ law: z.string(), reason: z.string().min(20) });
export type Exemption = z.output<typeof exemptionSchema>;
