import { z } from 'zod';
import { change, defineModule, read, refuse, type Script, sh } from '../../../contract/index.ts';
import { accountName } from '../../args/accountName.ts';
import { countKeys, type KeyLine, parseKey, withKeys, withoutKeys } from './keys.ts';

/** The keys that let someone log in as a user, with the permissions that sshd insists on. */
export const authorizedKeys = defineModule({
  name: 'authorizedKeys',
  summary: 'The ssh keys that let someone log in as a user.',

  args: z.strictObject({
    user: accountName().describe('Whose keys; the user may be made by an earlier task.'),
    keys: z
      .array(z.string().trim().regex(/^[^\n]*$/, 'must be one line').refine((line) => parseKey(line) !== undefined, 'must be a public key, such as ssh-ed25519 AAAA... name'))
      .describe('Public keys as in a .pub file, with options before them where wanted.'),
    exclusive: z.boolean().default(false).describe('These keys and no others.'),
    state: z.enum(['present', 'absent']).default('present').describe('`absent` takes these keys away.'),
    force: z.boolean().default(false).describe('Allows that the user Plinth logs in as is left without a key.'),
  }),

  observe: ({ user }) => ({ found: read.keyFile(user), login: read.login() }),

  *plan({ user, keys, exclusive, state, force }, { found, login }) {
    const wanted = keys.map(parseKey).filter((key): key is KeyLine => key !== undefined);
    const text = state === 'absent' ? found?.text && withoutKeys(found.text, wanted) : withKeys(found?.text, wanted, exclusive);
    if (found?.text !== undefined && login === user && !force && countKeys(found.text) > 0 && countKeys(text ?? '') === 0) {
      yield refuse(`this would take the last key of ${user}`, `Plinth logs in as ${user}, by one of ${countKeys(found.text)} keys`, { hint: 'Say `force: true` when there is another way in.' });
      return;
    }
    const differs = text !== undefined && text !== (found?.text ?? '');
    if (differs) yield change(`keys of ${user}`, found?.text, text, write(user, text));
    if (!found) return;
    // The change of the text sets these as well; alone they are wrong where sshd would ignore the file.
    if (found.folder !== 'none' && found.folder !== `0700 ${user}`) yield change(`access to ~${user}/.ssh`, found.folder, `0700 ${user}`, own(user, '.ssh', '0700'));
    if (found.file !== 'none' && found.file !== `0600 ${user}`) yield change(`access to the keys of ${user}`, found.file, `0600 ${user}`, own(user, '.ssh/authorized_keys', '0600'));
  },
});

/** Sets h to the home of a user, and g to the group of its files. */
const home = (user: string): Script => sh`l=$(getent passwd ${user}) || { printf 'there is no user %s\n' ${user} >&2; exit 1; }
h=\${l%:*}; h=\${h##*:}
g=$(id -g -- ${user})`;

// Root writes into a folder that the user may change: no link of the user's may lead it elsewhere.
const write = (user: string, text: string): Script => sh`${home(user)}
umask 077
if [ -L "$h/.ssh" ]; then printf '%s/.ssh is a link: put a folder there\n' "$h" >&2; exit 1; fi
mkdir -p -- "$h/.ssh"
chmod 0700 -- "$h/.ssh"
chown ${user} -- "$h/.ssh"
chgrp "$g" -- "$h/.ssh"
rm -f -- "$h/.ssh/.plinth-keys"
set -C
printf %s ${text} >"$h/.ssh/.plinth-keys"
chown -h ${user} -- "$h/.ssh/.plinth-keys"
chgrp -h "$g" -- "$h/.ssh/.plinth-keys"
mv -f -- "$h/.ssh/.plinth-keys" "$h/.ssh/authorized_keys"
if command -v restorecon >/dev/null; then restorecon -R "$h/.ssh"; fi`;

const own = (user: string, path: string, mode: string): Script => sh`${home(user)}
chown -h ${user} -- "$h"/${path}
chgrp -h "$g" -- "$h"/${path}
chmod ${mode} -- "$h"/${path}`;
