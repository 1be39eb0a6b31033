import { z } from 'zod';
import { accountName } from '../args/accountName.ts';
import { octalMode } from '../args/octalMode.ts';

/** Arguments of every module that puts a whole file in place. */
export const placing = {
  mode: octalMode().optional().describe("Permissions as octal digits, such as '0644'. Left out: as found; 0644 for a new file, 0600 for a secret."),
  owner: accountName().optional().describe('Name of the user who owns it. Left out: as found, root for a new file.'),
  group: accountName().optional().describe('Name of its group. Left out: as found, root for a new file.'),
  validate: z.string().includes('%s', 'must hold %s, which stands for the new file').optional().describe('A command that must accept the new file before it is put in place; %s stands for its path, as in visudo -cf %s.'),
  backup: z.boolean().default(false).describe('Keeps what was there beside it, under the same name with ~ behind.'),
  follow: z.boolean().default(true).describe('Where the path is a link: write to what it leads to. Without it the link is replaced by a file.'),
};
