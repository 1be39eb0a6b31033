import { bad, type Judged, ok, warn } from '../finding.ts';

/** A private key as it lies on the disk. */
export interface KeyFile {
  readonly path: string;
  /** Permission bits; undefined where there is no such file. */
  readonly mode: number | undefined;
  readonly readable: boolean;
  /** Needs a passphrase. */
  readonly encrypted: boolean;
  /** The hosts that name it in the inventory; empty for the usual keys. */
  readonly hosts: readonly string[];
}

/** One finding for each key. OpenSSH ignores keys that others may read. */
export function judgeKeys(keys: readonly KeyFile[]): Judged[] {
  return keys.map(({ path, mode, readable, encrypted, hosts }) => {
    const what = 'key file';
    const of = hosts.length > 0 ? ` (${hosts.length > 3 ? `${hosts.slice(0, 3).join(', ')} and ${hosts.length - 3} more` : hosts.join(', ')})` : '';
    if (mode === undefined) return bad(what, `${path} does not exist${of}`, 'Mend `identityFile` in the inventory; a relative path starts at the folder of its file.');
    if (!readable) return bad(what, `${path} cannot be read${of}`, `It belongs to somebody else, or its mode is odd: ls -l ${path}`);
    if (mode & 0o077) return bad(what, `${path} is open to others, mode ${mode.toString(8).padStart(4, '0')}${of}`, `chmod 600 ${path}; whoever may have read it has your key, so think of a new one.`);
    return ok(what, `${path}, mode ${mode.toString(8).padStart(4, '0')}${encrypted ? ', with a passphrase' : ''}${of}`);
  });
}

/** @param mode permission bits of ~/.ssh; undefined where it is not there. */
export function judgeSshDir(path: string, mode: number | undefined): Judged | undefined {
  if (mode === undefined || (mode & 0o022) === 0) return undefined;
  return warn('key folder', `${path} is open for writing to others, mode ${mode.toString(8).padStart(4, '0')}`, `chmod 700 ${path}`);
}

/** Whether a private key needs a passphrase, in OpenSSH's own format or in PEM. */
export function isEncrypted(text: string): boolean {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]+?)-----END/.exec(text)?.[1];
  if (body === undefined) return /ENCRYPTED/.test(text);
  const bytes = Buffer.from(body, 'base64');
  const start = 'openssh-key-v1\0'.length;
  return bytes.length < start + 8 ? false : bytes.toString('latin1', start + 4, start + 4 + bytes.readUInt32BE(start)) !== 'none';
}
