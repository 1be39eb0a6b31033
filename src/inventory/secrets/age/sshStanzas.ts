import { constants, createPrivateKey, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto';
import type { Identity, Recipient, Stanza } from 'age-encryption';
import { unwrapWithEd25519, wrapToEd25519 } from './sshEd25519.ts';
import type { SshPublicKey } from './sshKeys.ts';

type StanzaClass = typeof Stanza;

const rsa = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256', oaepLabel: Buffer.from('age-encryption.org/v1/ssh-rsa') };

/** An SSH key as a recipient: files open with `age -d -i ~/.ssh/id_ed25519` too. */
export function sshRecipient({ type, key, blob, tag }: SshPublicKey, stanza: StanzaClass): Recipient {
  return {
    wrapFileKey(fileKey) {
      if (type === 'ssh-rsa') return [new stanza([type, tag], new Uint8Array(publicEncrypt({ key, ...rsa }, fileKey)))];
      const { share, body } = wrapToEd25519(fileKey, key, blob);
      return [new stanza([type, tag, share.toString('base64').replace(/=+$/, '')], new Uint8Array(body))];
    },
  };
}

/** An SSH key as an identity. `pem` gives its private half, and is asked only when a file names the key. */
export function sshIdentity({ type, blob, tag }: SshPublicKey, pem: () => Promise<string>): Identity {
  let key: Promise<KeyObject> | undefined;
  return {
    async unwrapFileKey(stanzas) {
      for (const { args, body } of stanzas) {
        if (args[0] !== type || args[1] !== tag) continue;
        key ??= pem().then((text) => createPrivateKey(text));
        const found = await key;
        const fileKey = type === 'ssh-rsa' ? decryptRsa(found, body) : unwrapWithEd25519({ share: Buffer.from(args[2] ?? '', 'base64'), body: Buffer.from(body) }, found, blob);
        if (fileKey) return fileKey;
      }
      return null;
    },
  };
}

function decryptRsa(key: KeyObject, body: Uint8Array): Uint8Array | undefined {
  try {
    return new Uint8Array(privateDecrypt({ key, ...rsa }, body));
  } catch {
    return undefined;
  }
}
