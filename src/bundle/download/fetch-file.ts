import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { bundleError } from '../fail.ts';
import { digestOf } from '../inspect/file.ts';
import { ask, type Internet, mirrored, refused } from './http.ts';

export interface FileToFetch {
  readonly url: string;
  readonly to: string;
  /** In hex; undefined where nobody tells it. */
  readonly sha256: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Fetches a file. What is there and right is left alone; what came of a try that broke off is gone on with. A file of another
 * digest is thrown away. @throws PlinthError (`bundle`)
 */
export async function fetchFile({ url, to, sha256, headers = {} }: FileToFetch, internet: Internet): Promise<void> {
  if (sha256 !== undefined && existsSync(to) && (await digestOf(to)) === sha256) return;
  mkdirSync(dirname(to), { recursive: true });
  const part = join(dirname(to), `.part-${basename(to)}`);
  // Without a digest nothing tells whether a part belongs to this file.
  if (sha256 === undefined) rmSync(part, { force: true });
  const found = await (sha256 !== undefined && existsSync(part) ? digestOf(part) : undefined);
  if (found === undefined || found !== sha256) await pour({ url, part, headers }, internet);
  const came = await digestOf(part);
  if (sha256 !== undefined && came !== sha256) {
    rmSync(part, { force: true });
    throw bundleError(`what came from ${mirrored(url, internet.mirror)} is not the right file`, { detail: `its sha256 is ${came}\nit should be   ${sha256}`, hint: 'It was thrown away. Try again; if it is the same then, somebody on the way changes it.' });
  }
  renameSync(part, to);
}

async function pour({ url, part, headers }: { readonly url: string; readonly part: string; readonly headers: Readonly<Record<string, string>> }, internet: Internet): Promise<void> {
  for (let left = 3; ; left--) {
    const from = existsSync(part) ? statSync(part).size : 0;
    const response = await ask(url, internet, { ...headers, ...(from > 0 ? { range: `bytes=${from}-` } : {}) });
    // The part is longer than the file, or the server knows no ranges.
    if (response.status === 416) {
      rmSync(part, { force: true });
      continue;
    }
    if (!response.ok || !response.body) throw refused(mirrored(url, internet.mirror), response);
    try {
      await append(response.body, part, response.status === 206 ? 'a' : 'w');
      return;
    } catch (error) {
      if (left > 0 && !internet.signal?.aborted) continue;
      throw bundleError(`the download of ${mirrored(url, internet.mirror)} broke off`, { detail: error instanceof Error ? error.message : String(error), hint: 'What has come so far is kept: the same command goes on with it.' });
    }
  }
}

/** Each piece is written before the next is read, so that nothing is lost of what came before it broke off. */
async function append(body: ReadableStream<Uint8Array>, part: string, flags: 'a' | 'w'): Promise<void> {
  const file = await open(part, flags);
  try {
    for await (const bytes of Readable.fromWeb(body)) await file.appendFile(bytes);
  } finally {
    await file.close();
  }
}
