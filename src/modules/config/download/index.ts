import { z } from 'zod';
import { change, defineModule, read, refuse, sh } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';
import { accountName } from '../../args/accountName.ts';
import { octalMode } from '../../args/octalMode.ts';
import { planOwner } from '../../files/placed.ts';
import { getting } from './getting.ts';

const addressHint = 'must be an address that begins with https://, http:// or ftp://, or a list of such';
const address = () => z.string().regex(/^(https?|ftp):\/\/[^\s'"\\]+$/, addressHint);

/** The node itself fetches it, by curl or wget. What came of an interrupted try is gone on with. */
export const download = defineModule({
  name: 'download',
  summary: 'A file from the network, known by its sha256, put in place whole.',

  args: z
    .strictObject({
      url: z.union([address().transform((one) => [one]), z.array(address()).min(1)], addressHint).optional().describe('Where it is; of several addresses the first that gives the right file.'),
      sha256: z
        .string()
        .regex(/^(sha256:)?[0-9a-fA-F]{64}$/, 'must be a sha256: 64 digits in hex')
        .transform((sum) => sum.replace(/^sha256:/, '').toLowerCase())
        .optional()
        .describe('Of the file, in hex.'),
      trust: z.boolean().default(false).describe('Takes whatever comes, without a sha256. Then a file that is there is taken to be the right one, and only https will do.'),
      to: absolutePath().describe('Where the file is put. Its directory must be there.'),
      mode: octalMode().default('0644').describe('Permissions as octal digits.'),
      owner: accountName().default('root').describe('Name of the user who owns it.'),
      group: accountName().default('root').describe('Name of its group.'),
      proxy: z.string().regex(/^(https?|socks5h?):\/\/[^\s'"\\]+$/, 'must be an address such as http://proxy.example:3128').optional().describe('A proxy for both http and https. Left out: what the environment of root says.'),
      timeout: z.int().min(1000, 'is in milliseconds: at least 1000').default(1_800_000).describe('Longest time it may take, in ms.'),
      state: z.enum(['present', 'absent']).default('present').describe('Whether it should be there.'),
    })
    .refine(({ state, url }) => state === 'absent' || url !== undefined, { path: ['url'], message: 'is missing' })
    .refine(({ state, sha256, trust }) => state === 'absent' || (sha256 !== undefined) !== trust, 'wants a sha256; without one say trust: true, and the file is whatever the other side sends')
    .refine(({ trust, url = [] }) => !trust || url.every((one) => one.startsWith('https://')), { path: ['url'], message: 'must begin with https:// where there is no sha256' }),

  observe: ({ to, sha256 }) => Object.assign({ target: read.target(to) }, read.each('sha256 of', sha256 === undefined ? [] : [to], read.sha256)),

  *plan({ url = [], sha256, to, mode, owner, group, proxy, timeout, state }, { target, ...observed }) {
    if (target && target.type !== 'file') return yield refuse(`${to} is not a file`, `there is a ${target.type} at ${target.path}`, { hint: 'Choose another path, or take away what is there in an earlier task.' });
    const found = observed[`sha256 of ${to}`];
    if (state === 'absent') {
      if (target) yield change(to, `file of ${target.size} bytes`, undefined, sh`rm -f -- ${to}`);
      return;
    }
    const from = target && (found === undefined ? 'a file' : `sha256 ${found}`);
    if (!target || (sha256 !== undefined && found !== sha256)) {
      return yield change(to, from, sha256 === undefined ? `what ${url[0]} gives` : `sha256 ${sha256}`, getting({ url, sha256, to, mode, owner, group, proxy }), { timeout });
    }
    if (target.mode !== mode) yield change(`${to} mode`, target.mode, mode, sh`chmod ${mode} -- ${to}`);
    yield* planOwner(to, target, { owner, group });
  },
});
