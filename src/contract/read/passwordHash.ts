import { createHash } from 'node:crypto';
import type { Secret } from '../late.ts';
import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

/** Whether a user's password hash is this one. Compared on the node by digest: no line of /etc/shadow ever leaves it. */
export function passwordHash(user: string, hash: Secret): Reading<boolean> {
  const digest = hash.map(`sha256 of ${hash.label}`, (text) => createHash('sha256').update(text).digest('hex'));
  const kind: Kind<boolean> = {
    name: 'passwordHash',
    script: () => sh`want=${digest}
l=$(getent shadow ${user}) || :
l=\${l#*:}
found=$(printf %s "\${l%%:*}" | sha256sum)
if [ "\${found%% *}" = "$want" ]; then put 0 yes; fi`,
    parse: (text) => text === 'yes',
  };
  return { kind, key: '' };
}
