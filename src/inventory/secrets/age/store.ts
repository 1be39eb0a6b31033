import { randomBytes } from 'node:crypto';
import { open as openFile, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PlinthError } from '../../../contract/index.ts';
import type { SecretSources } from '../sources.ts';
import { open } from './open.ts';
import { seal } from './seal.ts';

/** An encrypted file, opened. */
export interface Opened {
  readonly text: string;
  /** The file as it was read: whoever writes it again checks that nobody else did meanwhile. */
  readonly sealed: Buffer;
}

/** Undefined where there is no such file. @throws PlinthError where it cannot be opened. */
export async function readStore(path: string, shown: string, sources: SecretSources): Promise<Opened | undefined> {
  const sealed = await readFile(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw new PlinthError({ cause: 'secret', summary: `${shown} cannot be read: ${error instanceof Error ? error.message : String(error)}`, hint: 'it must be a file that you may read' }, { cause: error });
  });
  return sealed && { text: await open(sealed, shown, sources), sealed };
}

export interface Write {
  readonly path: string;
  readonly shown: string;
  readonly text: string;
  readonly recipients: readonly string[];
  /** What stood there when it was read; undefined where there was no file. */
  readonly before: Buffer | undefined;
}

/**
 * Encrypts a text into its file: whole or not at all. What was written is opened again first, so that nothing is lost to a
 * list of recipients without your own key, and a file that changed meanwhile stays.
 * @throws PlinthError; the file is then as it was.
 */
export async function writeStore({ path, shown, text, recipients, before }: Write, sources: SecretSources): Promise<void> {
  const sealed = Buffer.from(await seal(text, recipients));
  const again = await open(sealed, shown, sources).catch((error: unknown) => {
    if (!(error instanceof PlinthError)) throw error;
    throw new PlinthError({ cause: 'secret', summary: `you could not open ${shown} again: none of your identities is among its recipients; nothing was written`, detail: error.diagnostics[0]?.detail ?? '', hint: 'add your own public key to the recipients, or have it done by somebody who stays one of them' }, { cause: error });
  });
  if (again !== text) throw new PlinthError({ cause: 'internal', summary: `${shown} would not hold what was to be written; nothing was written` });
  const now = await readFile(path).catch(() => undefined);
  if ((now === undefined) !== (before === undefined) || (now && before && !now.equals(before))) throw new PlinthError({ cause: 'secret', summary: `${shown} was changed by somebody else meanwhile; it was left as it is`, hint: 'do it again, on top of what stands there now' });
  const mode = await stat(path).then((found) => found.mode & 0o777, () => 0o644);
  const fresh = `${path}.${process.pid}-${randomBytes(3).toString('hex')}`;
  try {
    const file = await openFile(fresh, 'wx', mode);
    try {
      await file.writeFile(sealed);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw new PlinthError({ cause: 'secret', summary: `${shown} cannot be written: ${error instanceof Error ? error.message : String(error)}`, hint: `${dirname(shown)} must be a folder that you may write to` }, { cause: error });
  }
}
