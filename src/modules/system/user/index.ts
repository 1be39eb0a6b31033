import { z } from 'zod';
import { change, defineModule, read, refuse, secret, sh, upload } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';
import { accountName } from '../../args/accountName.ts';
import { createOptions, describe, differences } from './wish.ts';

/** A user of the system, its groups, its password and what sudo lets it do. Keys are said by `authorizedKeys`. */
export const user = defineModule({
  name: 'user',
  summary: 'A user of the system, with groups, password and rights to sudo.',

  args: z.strictObject({
    name: accountName().describe('The name to log in with.'),
    uid: z.int().min(0).optional().describe('Its number. Left out: as found, or the next free one.'),
    group: accountName().optional().describe('Its primary group, which must be there. Left out: one of its own name.'),
    groups: z.array(accountName()).default([]).describe('Groups it is in as well; they must be there.'),
    exactGroups: z.boolean().default(false).describe('In those groups and no others.'),
    comment: z.string().regex(/^[^:\n]*$/, 'cannot hold a colon or a newline').optional().describe('Full name.'),
    home: absolutePath().optional().describe('Home directory. When it is changed, the content moves along.'),
    shell: absolutePath().optional().describe('Login shell. Left out: as found, or /bin/bash.'),
    system: z.boolean().default(false).describe('A new one gets a number of the range for the system, and no home directory.'),
    password: secret().optional().describe('The hash of its password, as `openssl passwd -6` or `mkpasswd` makes it. Left out: as found; a new user has none.'),
    sudo: z.enum(['nopasswd', 'password', 'none']).optional().describe('What sudo lets it do: anything without a password, anything with it, nothing by a file of ours. Left out: as found.'),
    state: z.enum(['present', 'absent']).default('present').describe('`absent` removes the user and what sudo lets it do.'),
    removeHome: z.boolean().default(false).describe('With `absent`: delete its home directory as well.'),
  }),

  observe: ({ name, password }) => ({
    found: read.account(name),
    sudoers: read.text(sudoersOf(name)),
    login: read.login(),
    ...(password ? { passwordIsRight: read.passwordHash(name, password) } : {}),
  }),

  *plan({ name, sudo, state, password, ...args }, { found, sudoers, login, passwordIsRight }) {
    const file = sudoersOf(name);
    if (state === 'absent') {
      if (found && login === name) {
        yield refuse(`${name} is who Plinth logs in as`, 'removing it would lock you out', { hint: 'Log in as another user to remove it.', final: true });
        return;
      }
      if (sudoers !== undefined) yield change(file, sudoers, undefined, sh`rm -f -- ${file}`);
      if (found) yield change(`user ${name}`, `uid ${found.uid}`, undefined, sh`userdel ${[...(args.removeHome ? ['-r'] : []), '--', name]}`);
      return;
    }
    if (!found) {
      yield change(`user ${name}`, undefined, describe(args), sh`useradd ${createOptions(args)} -- ${name}`);
    } else {
      for (const { what, from, to, options } of differences(found, args)) yield change(`${what} of ${name}`, from, to, sh`usermod ${options} -- ${name}`);
    }
    if (password && !passwordIsRight) {
      yield change(`password of ${name}`, found ? (found.password === 'set' ? 'another' : found.password) : undefined, `<${password.label}>`, sh`case ${password} in
  '$'*|'!'*|'*'*) ;;
  *) printf 'the secret is not the hash of a password: make one with "openssl passwd -6"\n' >&2; exit 1;;
esac
printf '%s:%s\n' ${name} ${password} | chpasswd -e`);
    }
    const rule = sudo === 'none' || sudo === undefined ? undefined : `${name} ALL=(ALL:ALL) ${sudo === 'nopasswd' ? 'NOPASSWD: ' : ''}ALL\n`;
    if (sudo === undefined || rule === sudoers) return;
    // visudo must accept it: one bad line anywhere takes sudo away from everyone.
    yield change(file, sudoers, rule, rule === undefined ? sh`rm -f -- ${file}` : upload({ path: file, content: rule, mode: '0440', owner: 'root', group: 'root', validate: 'visudo -cf %s' }));
  },

  output: (_, { found }) => found,
});

/** sudo leaves out files whose name holds a dot. */
const sudoersOf = (name: string): string => `/etc/sudoers.d/plinth-${name.replaceAll('.', '_')}`;
