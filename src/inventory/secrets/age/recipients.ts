import { readFile } from 'node:fs/promises';
import { type Diagnostic, PlinthError } from '../../../contract/index.ts';
import { ageLibrary } from './library.ts';
import { parseSshPublicKey } from './sshKeys.ts';

/** Where the recipients of an encrypted file are listed: beside it, in the form that `age -R` takes. */
export const recipientsFile = (store: string): string => `${store.replace(/\.age$/, '')}.recipients`;

/**
 * Public keys, one a line: `age1...`, `ssh-ed25519 ...` or `ssh-rsa ...`; `#` begins a comment. `shown` is how a person names the file.
 * @throws PlinthError with every line that is none, and where there is no file or none in it.
 */
export async function readRecipients(path: string, shown: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new PlinthError({ cause: 'secret', summary: `${shown} cannot be read: it says to whom the secrets are encrypted`, detail: error instanceof Error ? error.message : String(error), hint: 'make it with one public key a line (age1..., ssh-ed25519 ...), or with `plinth secrets init`' }, { cause: error });
  });
  const rows = text.split(/\r?\n/).map((line, index) => ({ line: index + 1, col: line.search(/\S/) + 1, text: line.replace(/^\s*#.*$/, '').trim() })).filter((row) => row.text !== '');
  const complaints: Diagnostic[] = [];
  for (const { line, col, text: key } of rows) {
    const problem = await complaintOf(key);
    if (problem) complaints.push({ cause: 'secret', at: [{ file: shown, line, col }], ...problem });
  }
  if (complaints.length > 0) throw new PlinthError(complaints);
  if (rows.length === 0) throw new PlinthError({ cause: 'secret', summary: `${shown} names no recipient`, hint: 'one public key a line: age1..., or ssh-ed25519 ...' });
  return rows.map((row) => row.text);
}

/** What is wrong with a recipient, if anything is. Never repeats a private key. */
export async function complaintOf(key: string): Promise<Pick<Diagnostic, 'summary' | 'hint'> | undefined> {
  if (/^AGE-SECRET-KEY-/i.test(key)) return { summary: 'this is a private key, and whoever reads the file has it', hint: 'take it out, make a new one, and list its public half: age1...' };
  if (/^ssh-|^ecdsa-|^sk-/.test(key)) {
    if (parseSshPublicKey(key)) return undefined;
    const type = key.split(/\s/)[0] ?? '';
    return /^ssh-(ed25519|rsa)$/.test(type) ? { summary: `this ${type} key is cut or damaged`, hint: 'copy the whole line of the .pub file' } : { summary: `age cannot encrypt to a key of the type ${type}`, hint: 'ssh-ed25519 and ssh-rsa can be used; keys in hardware (sk-...) cannot decrypt' };
  }
  if (!key.startsWith('age1')) return { summary: 'not a recipient', hint: 'recipients are age1..., ssh-ed25519 ... and ssh-rsa ...' };
  try {
    const { Encrypter } = await ageLibrary();
    new Encrypter().addRecipient(key);
    return undefined;
  } catch {
    return { summary: 'this age recipient is cut or damaged', hint: 'copy all of it; `age-keygen -y FILE` prints the recipient of an identity' };
  }
}
