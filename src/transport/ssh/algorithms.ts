import type { Algorithms, KexAlgorithm, ServerHostKeyAlgorithm } from 'ssh2';
import type { KnownKey } from '../target/known-hosts.ts';
import { keyType } from '../target/known-hosts.ts';
import type { Target } from '../target/target.ts';

// Without group-exchange: it takes 1.3 s of our one thread, all hosts waiting.
const kex: KexAlgorithm[] = ['curve25519-sha256', 'curve25519-sha256@libssh.org', 'ecdh-sha2-nistp256', 'ecdh-sha2-nistp384', 'ecdh-sha2-nistp521', 'diffie-hellman-group16-sha512', 'diffie-hellman-group18-sha512', 'diffie-hellman-group14-sha256'];

const hostKeys: readonly (readonly [string, readonly ServerHostKeyAlgorithm[]])[] = [
  ['ssh-ed25519', ['ssh-ed25519']],
  ['ecdsa-sha2-nistp256', ['ecdsa-sha2-nistp256']],
  ['ecdsa-sha2-nistp384', ['ecdsa-sha2-nistp384']],
  ['ecdsa-sha2-nistp521', ['ecdsa-sha2-nistp521']],
  ['ssh-rsa', ['rsa-sha2-512', 'rsa-sha2-256']],
];

/** Host keys of known types first, so that a host with several shows the one we can check. */
export function algorithmsFor(target: Pick<Target, 'pinned'>, known: readonly KnownKey[]): Algorithms {
  const pinned = target.pinned.map((line) => keyType(Buffer.from(line.split(/\s+/).find((word) => word.startsWith('AAAA')) ?? '', 'base64')));
  const types = new Set(pinned.length > 0 ? pinned : known.filter(({ marker }) => marker === '').map(({ type }) => type));
  const first = hostKeys.filter(([type]) => types.has(type));
  const rest = hostKeys.filter(([type]) => !types.has(type));
  return { kex, serverHostKey: [...first, ...rest].flatMap(([, algorithms]) => algorithms), compress: ['none'] };
}
