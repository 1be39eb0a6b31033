import { createHash, createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { matchesPatterns } from './parse-config.ts';

/** One line of a known_hosts file that is about a host. */
export interface KnownKey {
  readonly marker: '' | '@revoked' | '@cert-authority';
  readonly type: string;
  /** The key itself, as sent by the host. */
  readonly key: Buffer;
  /** `file:line`, for people. */
  readonly at: string;
}

/** All that is known of a host: `name` is `host`, or `[host]:port` off port 22. Files that are not there are skipped, as are lines that make no sense. */
export async function knownKeys(files: readonly string[], name: string): Promise<KnownKey[]> {
  const lists = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(file, 'utf8').catch(() => '');
      return text.split('\n').flatMap((line, index) => knownKey(line, name, `${file}:${index + 1}`));
    }),
  );
  return lists.flat();
}

function knownKey(line: string, name: string, at: string): KnownKey[] {
  const words = line.trim().split(/\s+/);
  const marker = words[0] === '@revoked' || words[0] === '@cert-authority' ? words[0] : '';
  if (words[0]?.startsWith('#') || (words[0]?.startsWith('@') && marker === '')) return [];
  const [hosts, type, base64] = marker === '' ? words : words.slice(1);
  if (hosts === undefined || type === undefined || base64 === undefined || !isAbout(hosts, name)) return [];
  const key = Buffer.from(base64, 'base64');
  return keyType(key) === type ? [{ marker, type, key, at }] : [];
}

/** Hashed entries are `|1|salt|HMAC-SHA1 of the name`. */
function isAbout(hosts: string, name: string): boolean {
  const [, salt, hash] = /^\|1\|([^|]+)\|([^|]+)$/.exec(hosts) ?? [];
  if (salt === undefined || hash === undefined) return matchesPatterns(hosts.split(','), name);
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
}

/** A key's type is its first string; '' for what is no key. */
export function keyType(key: Buffer): string {
  if (key.length < 4) return '';
  const length = key.readUInt32BE(0);
  return length <= 64 && key.length >= 4 + length ? key.toString('latin1', 4, 4 + length) : '';
}

/** As OpenSSH prints it. */
export const fingerprint = (key: Buffer): string => `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
