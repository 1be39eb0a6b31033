import { z } from 'zod';
import { defineModule } from '../../../contract/index.ts';
import { observeOwned, planOwned } from '../owned/owned.ts';

const items = ['core', 'data', 'fsize', 'memlock', 'nofile', 'rss', 'stack', 'cpu', 'nproc', 'as', 'maxlogins', 'maxsyslogins', 'nonewprivs', 'priority', 'locks', 'sigpending', 'msgqueue', 'nice', 'rtprio'] as const;

/** They hold for logins (PAM). Services of systemd have their own: LimitNOFILE and its kin, by the module `dropIn`. */
export const limits = defineModule({
  name: 'limits',
  summary: 'Limits of users at login, in a file of its own in /etc/security/limits.d.',

  args: z
    .strictObject({
      name: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_-]*$/, 'must be a file name without folder and ending, such as 90-nofile').describe('Name of the file, without `.conf`. Files are read by name: a later one wins.'),
      limits: z
        .array(
          z
            .strictObject({
              domain: z.string().regex(/^(\*|%?@?[A-Za-z_][A-Za-z0-9_.-]*\$?|@?\d*:\d*|%)$/, 'must be a user, @group, %group, * or a range of ids').describe('Whom it is for: a user, `@group`, `*` for everyone but root, or a range of ids such as `1000:`.'),
              type: z.enum(['soft', 'hard', 'both']).default('both').describe('`soft` is what a login starts with, `hard` what it can raise it to.'),
              item: z.enum(items).describe('What is limited, as in limits.conf(5).'),
              value: z.union([z.int().min(-20), z.literal('unlimited')]).describe('The limit; `unlimited` for none.'),
            })
            .refine(({ item, value }) => value !== 'unlimited' || !['nice', 'priority', 'nofile'].includes(item), { path: ['value'], message: 'must be a number for this item: the kernel knows no unlimited one' })
            .refine(({ item, value }) => value === 'unlimited' || value >= 0 || ['nice', 'priority'].includes(item), { path: ['value'], message: 'must not be negative' }),
        )
        .default([])
        .describe('The limits, in order.'),
      state: z.enum(['present', 'absent']).default('present').describe('Whether it should be there.'),
    })
    .refine(({ state, limits: wanted }) => (state === 'present') === wanted.length > 0, 'a file that is present wants limits, and one that is absent has none'),

  observe: ({ name }) => observeOwned(pathOf(name)),

  *plan({ name, limits: wanted, state }, found) {
    const lines = wanted.map(({ domain, type, item, value }) => `${domain} ${type === 'both' ? '-' : type} ${item} ${value}\n`);
    yield* planOwned({ path: pathOf(name), text: state === 'absent' ? undefined : `# Written by Plinth.\n${lines.join('')}` }, found);
  },
});

const pathOf = (name: string): string => `/etc/security/limits.d/${name}.conf`;
