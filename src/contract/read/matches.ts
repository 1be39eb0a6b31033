import { createHash } from 'node:crypto';
import type { Secret } from '../late.ts';
import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

/**
 * Whether a file holds exactly a secret text, found out on the node by digest: the secret's content never comes back.
 * Its digest is itself a secret, and is filled in when the reading is sent.
 */
export function matches(path: string, content: Secret): Reading<boolean> {
  const digest = content.map(`sha256 of ${content.label}`, (text) => createHash('sha256').update(text).digest('hex'));
  const kind: Kind<boolean> = {
    name: 'matches',
    script: () => sh`want=${digest}; if [ -f ${path} ]; then found=$(sha256sum <${path}); if [ "\${found%% *}" = "$want" ]; then put 0 yes; fi; fi`,
    parse: (text) => text === 'yes',
  };
  return { kind, key: '' };
}
