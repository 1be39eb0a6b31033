import { createHash, createPublicKey, type KeyObject } from 'node:crypto';

/** A public SSH key that age can encrypt to. */
export interface SshPublicKey {
  readonly type: 'ssh-ed25519' | 'ssh-rsa';
  /** As it stands in `authorized_keys`, decoded. */
  readonly blob: Buffer;
  /** How age names the key in a file's header: the first 4 bytes of its SHA-256, base64 without padding. */
  readonly tag: string;
  readonly key: KeyObject;
}

/** Types that age knows: https://github.com/FiloSottile/age/blob/main/agessh/agessh.go */
export const sshTypes = ['ssh-ed25519', 'ssh-rsa'] as const;

/** `ssh-ed25519 AAAA... comment`, taken apart. Undefined where it is no key of a type that age knows. */
export function parseSshPublicKey(line: string): SshPublicKey | undefined {
  const [type = '', body = ''] = line.trim().split(/\s+/);
  return sshTypes.some((one) => one === type) ? sshPublicKeyOf(Buffer.from(body, 'base64')) : undefined;
}

/** The same from the decoded part. */
export function sshPublicKeyOf(blob: Buffer): SshPublicKey | undefined {
  const [name, ...fields] = fieldsOf(blob);
  const type = sshTypes.find((one) => one === name?.toString());
  const tag = createHash('sha256').update(blob).digest().subarray(0, 4).toString('base64').replace(/=+$/, '');
  const [first, second] = fields;
  try {
    if (type === 'ssh-ed25519' && first?.length === 32) return { type, blob, tag, key: createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: first.toString('base64url') } }) };
    if (type === 'ssh-rsa' && first && second) return { type, blob, tag, key: createPublicKey({ format: 'jwk', key: { kty: 'RSA', e: unsigned(first), n: unsigned(second) } }) };
  } catch {
    return undefined;
  }
  return undefined;
}

/** The public half that stands in clear at the head of an OpenSSH private key, encrypted or not. */
export function publicHalf(privateKey: string): SshPublicKey | undefined {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]*?)-----END/.exec(privateKey)?.[1];
  const bytes = Buffer.from(body ?? '', 'base64');
  const magic = 'openssh-key-v1\0';
  if (bytes.subarray(0, magic.length).toString() !== magic) return undefined;
  const [cipher, kdf, kdfOptions] = fieldsOf(bytes.subarray(magic.length));
  if (!cipher || !kdf || !kdfOptions) return undefined;
  // Three fields with their lengths, then how many keys there are.
  const start = magic.length + cipher.length + kdf.length + kdfOptions.length + 4 * 4;
  const [blob] = fieldsOf(bytes.subarray(start));
  return blob && sshPublicKeyOf(blob);
}

/** Fields of the SSH wire format: a length of four bytes, then as many bytes. What does not fit ends the list. */
function fieldsOf(bytes: Buffer): readonly Buffer[] {
  const fields: Buffer[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) break;
    fields.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

const unsigned = (mpint: Buffer): string => (mpint[0] === 0 ? mpint.subarray(1) : mpint).toString('base64url');
