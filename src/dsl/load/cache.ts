import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Compiled } from './compiled.ts';
import { fileDigest, sha256 } from './digest.ts';

/** Grows when the compiler's settings change what it makes. */
const recipe = 2;

const header = z.object({ inputs: z.array(z.object({ path: z.string(), sha256: z.string() })), externals: z.array(z.string()), code: z.int() });

/** The one file of a compiled entry: a line of JSON, the code, the source map. */
export const cacheFile = (cacheDir: string, version: string, entry: string): string => join(cacheDir, 'compiled', `${sha256([entry, version, recipe].join('\0')).slice(0, 32)}.cjs`);

/** What is kept for an entry, if every file that went into it still reads the same. A damaged file counts as none. */
export async function readCache(file: string): Promise<Compiled | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const end = text?.indexOf('\n') ?? -1;
  if (text === undefined || end < 0) return undefined;
  const parsed = header.safeParse(parseJson(text.slice(0, end)));
  if (!parsed.success) return undefined;
  const { inputs, externals, code } = parsed.data;
  const now = await Promise.all(inputs.map(({ path }) => fileDigest(path)));
  if (now.some((digest, i) => digest !== inputs[i]?.sha256)) return undefined;
  return { inputs, externals, code: text.slice(end + 1, end + 1 + code), map: text.slice(end + 1 + code) };
}

/** Keeps it for the next start. A cache that cannot be written costs time, nothing else. */
export async function writeCache(file: string, { code, map, inputs, externals }: Compiled): Promise<void> {
  await replaceFile(file, `${JSON.stringify({ inputs, externals, code: code.length })}\n${code}${map}`).catch(() => undefined);
}

/** Two processes may write at once: the last whole file wins. The folder is the user's alone, since code is run from it. */
export async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const beside = `${file}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(beside, content, { mode: 0o600 });
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
