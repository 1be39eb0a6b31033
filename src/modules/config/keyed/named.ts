import { z } from 'zod';

/** A record whose keys must fit a schema of their own; what does not fit is told with its reason. */
export const named = <V extends z.ZodType>(name: z.ZodType<string, string>, value: V) =>
  z.record(z.string(), value).superRefine((record, ctx) => {
    for (const key of Object.keys(record)) {
      for (const issue of name.safeParse(key).error?.issues ?? []) ctx.addIssue({ code: 'custom', path: [key], message: issue.message });
    }
  });
