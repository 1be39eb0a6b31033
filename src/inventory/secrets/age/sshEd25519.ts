import { createCipheriv, createDecipheriv, createHash, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, type KeyObject } from 'node:crypto';

const label = 'age-encryption.org/v1/ssh-ed25519';
const p = 2n ** 255n - 19n;

/** What stands in a header for one ssh-ed25519 key beside its tag. */
interface Wrapped {
  readonly share: Buffer;
  readonly body: Buffer;
}

/**
 * Encrypts a file key to an ssh-ed25519 key as agessh does: X25519 with the key's Montgomery form, and with a tweak of the
 * SSH key, so that the same point in another role gives other keys.
 */
export function wrapToEd25519(fileKey: Uint8Array, key: KeyObject, blob: Buffer): Wrapped {
  const theirs = montgomery(rawPublic(key));
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  const share = rawPublic(publicKey);
  const shared = tweaked(diffieHellman({ privateKey, publicKey: publicX25519(theirs) }), blob);
  return { share, body: seal(fileKey, Buffer.from(hkdfSync('sha256', shared, Buffer.concat([share, theirs]), label, 32))) };
}

/** The file key, or undefined where the stanza was not made for this key. */
export function unwrapWithEd25519({ share, body }: Wrapped, key: KeyObject, blob: Buffer): Uint8Array | undefined {
  const seed = Buffer.from(String(key.export({ format: 'jwk' }).d), 'base64url');
  const scalar = privateX25519(createHash('sha512').update(seed).digest().subarray(0, 32));
  const ours = rawPublic(createPublicKey(scalar));
  const shared = tweaked(diffieHellman({ privateKey: scalar, publicKey: publicX25519(share) }), blob);
  return open(body, Buffer.from(hkdfSync('sha256', shared, Buffer.concat([share, ours]), label, 32)));
}

function tweaked(shared: Buffer, blob: Buffer): Buffer {
  const tweak = Buffer.from(hkdfSync('sha256', Buffer.alloc(0), blob, label, 32));
  return diffieHellman({ privateKey: privateX25519(tweak), publicKey: publicX25519(shared) });
}

/** The Montgomery u of an Edwards point: (1 + y) / (1 - y). Public values only, so time does not matter. */
function montgomery(point: Buffer): Buffer {
  const y = BigInt(`0x${Buffer.from(point).reverse().toString('hex')}`) & (2n ** 255n - 1n);
  const u = (((1n + y) % p) * inverse((((1n - y) % p) + p) % p)) % p;
  return Buffer.from(u.toString(16).padStart(64, '0'), 'hex').reverse();
}

function inverse(value: bigint): bigint {
  let [result, base] = [1n, value];
  for (let rest = p - 2n; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * base) % p;
    base = (base * base) % p;
  }
  return result;
}

function seal(fileKey: Uint8Array, key: Buffer): Buffer {
  const cipher = createCipheriv('chacha20-poly1305', key, Buffer.alloc(12), { authTagLength: 16 });
  return Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
}

function open(body: Buffer, key: Buffer): Uint8Array | undefined {
  if (body.length !== 32) return undefined;
  const decipher = createDecipheriv('chacha20-poly1305', key, Buffer.alloc(12), { authTagLength: 16 });
  decipher.setAuthTag(body.subarray(16));
  try {
    return new Uint8Array(Buffer.concat([decipher.update(body.subarray(0, 16)), decipher.final()]));
  } catch {
    return undefined;
  }
}

const rawPublic = (key: KeyObject): Buffer => Buffer.from(String(key.export({ format: 'jwk' }).x), 'base64url');
// The fixed heads of SPKI and PKCS #8 for X25519 (RFC 8410), before the 32 bytes of the key.
const publicX25519 = (raw: Buffer): KeyObject => createPublicKey({ format: 'der', type: 'spki', key: Buffer.concat([Buffer.from('302a300506032b656e032100', 'hex'), raw]) });
const privateX25519 = (raw: Buffer): KeyObject => createPrivateKey({ format: 'der', type: 'pkcs8', key: Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), raw]) });
