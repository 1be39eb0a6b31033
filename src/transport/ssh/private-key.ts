/** A private key, opened: what is needed to decrypt with it. */
interface Opened {
  /** PKCS #1 or #8, without a passphrase. */
  readonly pem: string;
  /** The public half in SSH's wire format. */
  readonly blob: Buffer;
}

/** Reads a private key in any form that ssh-keygen writes. `locked`: it wants a passphrase, or another one; undefined: it is none. */
export async function readPrivateKey(text: string, passphrase?: string): Promise<Opened | 'locked' | undefined> {
  const { default: ssh2 } = await import('ssh2');
  const parsed = ssh2.utils.parseKey(text, passphrase);
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  if (key instanceof Error) return /passphrase|encrypted|integrity|decrypt|malformed/i.test(key.message) ? 'locked' : undefined;
  return key?.isPrivateKey() === true ? { pem: key.getPrivatePEM(), blob: key.getPublicSSH() } : undefined;
}
