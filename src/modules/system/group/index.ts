import { z } from 'zod';
import { change, defineModule, read, sh } from '../../../contract/index.ts';
import { accountName } from '../../args/accountName.ts';

/** A group of the system. Who is in it is said by the users. */
export const group = defineModule({
  name: 'group',
  summary: 'A group of the system.',

  args: z.strictObject({
    name: accountName().describe('Its name.'),
    gid: z.int().min(0).optional().describe('Its number. Left out: as found, or the next free one.'),
    system: z.boolean().default(false).describe('A new one gets a number of the range for the system.'),
    state: z.enum(['present', 'absent']).default('present').describe('`absent` removes it; the primary group of a user cannot be removed.'),
  }),

  observe: ({ name }) => ({ found: read.group(name) }),

  *plan({ name, gid, system, state }, { found }) {
    if (state === 'absent') {
      if (found) yield change(`group ${name}`, `gid ${found.gid}`, undefined, sh`groupdel -- ${name}`);
    } else if (!found) {
      yield change(`group ${name}`, undefined, gid === undefined ? 'present' : `gid ${gid}`, sh`groupadd ${[...(system ? ['-r'] : []), ...(gid === undefined ? [] : ['-g', gid])]} -- ${name}`);
    } else if (gid !== undefined && found.gid !== gid) {
      yield change(`group ${name}`, `gid ${found.gid}`, `gid ${gid}`, sh`groupmod -g ${gid} -- ${name}`);
    }
  },

  output: (_, { found }) => found,
});
