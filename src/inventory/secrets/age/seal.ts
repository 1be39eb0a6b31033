import { ageLibrary } from './library.ts';
import { parseSshPublicKey } from './sshKeys.ts';
import { sshRecipient } from './sshStanzas.ts';

/** Encrypts a text to recipients that were checked, as an armored file. */
export async function seal(text: string, recipients: readonly string[]): Promise<string> {
  const { armor, Encrypter, Stanza } = await ageLibrary();
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    const ssh = parseSshPublicKey(recipient);
    encrypter.addRecipient(ssh ? sshRecipient(ssh, Stanza) : recipient);
  }
  return armor.encode(await encrypter.encrypt(text));
}
