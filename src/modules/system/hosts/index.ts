import { z } from 'zod';
import { defineModule, refuse } from '../../../contract/index.ts';
import { observeEdited, planEdited } from '../../files/edited.ts';
import { withBlock } from '../../files/withBlock.ts';
import { conflictsIn, withoutNames } from './hostsFile.ts';

const path = '/etc/hosts';

const entry = z.strictObject({
  address: z.union([z.ipv4(), z.ipv6()], 'must be an IPv4 or IPv6 address').describe('The address, as in 192.0.2.11 or 2001:db8::11.'),
  names: z
    .array(z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/, 'must be a host name'))
    .min(1, 'must not be empty')
    .describe('Names for it; the first is the canonical one.'),
});

export const hosts = defineModule({
  name: 'hosts',
  summary: 'Names and addresses in /etc/hosts, in a block of their own.',

  args: z
    .strictObject({
      entries: z.array(entry).default([]).describe('What the block holds, in this order.'),
      block: z.string().regex(/^[^\n\r]+$/, 'must be one line').default('plinth').describe('Name of the block, which stands in its markers: several tasks may each have their own.'),
      replace: z.boolean().default(false).describe('Takes names that others have given another address out of their lines. Without it they are told, and nothing is changed.'),
      state: z.enum(['present', 'absent']).default('present').describe('Whether the block should be there.'),
    })
    .refine(({ state, entries }) => (state === 'present') === entries.length > 0, { path: ['entries'], message: 'are wanted where the block is present, and none where it is absent' }),

  observe: () => observeEdited(path),

  *plan({ entries, block, replace, state }, observed) {
    const edges = { begin: `# BEGIN ${block}`, end: `# END ${block}` };
    const others = withBlock(observed.text ?? '', { ...edges, content: undefined });
    const conflicts = conflictsIn(others, entries);
    // Debian's installer writes 127.0.1.1 as a stopgap for hosts without an address of their own: here is one.
    const owned = conflicts.filter(({ address }) => replace || address === '127.0.1.1');
    const foreign = conflicts.filter((one) => !owned.includes(one));
    if (foreign.length > 0) {
      const evidence = foreign.map(({ name, line, address, wanted }) => `${path}:${lineIn(observed.text ?? '', line)}: ${name} is ${address}, wanted ${wanted}`).join('\n');
      return yield refuse(`${path} has another address for ${foreign.map(({ name }) => name).join(', ')}`, evidence, { hint: 'Say replace: true to take these names out of their lines, or correct the inventory.' });
    }
    const content = state === 'absent' ? undefined : entries.map(({ address, names }) => `${address} ${names.join(' ')}`).join('\n');
    const edit = (text: string): string => withBlock(withoutNames(text, owned), { ...edges, content });
    yield* planEdited({ path, edit, create: true }, observed);
  },
});

/** The line's number in the whole file, counting from 1. */
const lineIn = (text: string, line: string): number => text.split('\n').indexOf(line) + 1;
