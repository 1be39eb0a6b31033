import { z } from 'zod';
import { absolutePath } from '../args/absolutePath.ts';

/** Arguments of every module that changes a part of a text file. */
export const editing = {
  path: absolutePath().describe('The file. A link is followed.'),
  create: z.boolean().default(false).describe('Makes the file where there is none.'),
  validate: z.string().includes('%s', 'must hold %s, which stands for the new file').optional().describe('A command that must accept the changed file before it is put in place; %s stands for its path.'),
};

/** A regular expression in JavaScript's spelling, held against one line at a time. */
export const pattern = () =>
  z.string().transform((source, ctx) => {
    try {
      return new RegExp(source, 'u');
    } catch (error) {
      ctx.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
      return z.NEVER;
    }
  });
