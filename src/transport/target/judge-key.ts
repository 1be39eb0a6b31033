import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PlinthError } from '../../contract/diagnostic.ts';
import type { HostKeyPolicy } from './host-key-policy.ts';
import { fingerprint, type KnownKey, keyType } from './known-hosts.ts';
import type { Target } from './target.ts';

/** Resolves where the host may be trusted; rejects with `host-key` otherwise. A new key that was accepted is remembered. */
export async function judgeKey(target: Target, known: readonly KnownKey[], key: Buffer, policy: HostKeyPolicy): Promise<void> {
  const same = known.filter((one) => one.key.equals(key));
  const revoked = same.find(({ marker }) => marker === '@revoked');
  const shown = `${keyType(key)} ${fingerprint(key)}`;
  if (revoked) throw refused(target, `the host key is revoked (${revoked.at})`, shown, 'Somebody took this key out of trust. Do not connect before you know why; then give the host a new key.');
  if (target.pinned.length > 0) return judgePinned(target, key, shown);
  if (same.some(({ marker }) => marker === '')) return;
  const others = known.filter(({ marker }) => marker === '');
  if (others.length > 0) throw changed(target, shown, others);
  if (!(target.acceptsNew || (await policy.accept({ host: target.host, address: `${target.address}:${target.port}`, type: keyType(key), fingerprint: fingerprint(key) })))) throw unknown(target, shown);
  await remember(target, key);
}

function judgePinned(target: Target, key: Buffer, shown: string): void {
  const pinned = target.pinned.map((line) => Buffer.from(line.trim().split(/\s+/).find((word) => word.startsWith('AAAA')) ?? '', 'base64'));
  if (pinned.some((one) => one.equals(key))) return;
  throw refused(target, 'the host key is not the one that the inventory pins', `found:  ${shown}\n${pinned.map((one) => `pinned: ${keyType(one)} ${fingerprint(one)}`).join('\n')}`, 'Either the host was set up anew, then mend `hostKeys` in the inventory; or something stands between you and it.');
}

const changed = (target: Target, shown: string, others: readonly KnownKey[]): PlinthError =>
  refused(
    target,
    'THE HOST KEY HAS CHANGED',
    [`found: ${shown}`, ...others.map((one) => `known: ${one.type} ${fingerprint(one.key)} (${one.at})`)].join('\n'),
    `Either the host was set up anew, or something stands between you and it. If you know that it is the first: ssh-keygen -R '${target.keyName}', then connect with --accept-new.`,
  );

const unknown = (target: Target, shown: string): PlinthError =>
  refused(target, 'the host key is not known', shown, `Compare it with the host's own (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub). Then run with --accept-new, or pin it in the inventory (hostKeys).`);

const refused = (target: Target, summary: string, detail: string, hint: string): PlinthError => new PlinthError({ cause: 'host-key', host: target.host, summary: `${summary} (${target.keyName})`, detail, hint });

/** One write, appended: lines of several runs at once do not mix. */
async function remember(target: Target, key: Buffer): Promise<void> {
  const [file] = target.knownHosts;
  if (file === undefined) return;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const before = await readFile(file, 'utf8').catch(() => '');
  const line = `${target.keyName} ${keyType(key)} ${key.toString('base64')}\n`;
  if (before.includes(line)) return;
  await appendFile(file, before === '' || before.endsWith('\n') ? line : `\n${line}`, { mode: 0o600 });
}
