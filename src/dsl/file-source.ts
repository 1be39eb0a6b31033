import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import type { PlinthError } from '../contract/diagnostic.ts';
import type { Source } from '../contract/local.ts';

export interface FileToPour {
  /** Its path on this machine. */
  readonly file: string;
  readonly label: string;
  readonly sha256: string;
  readonly size: number;
  /** What to say when it is no longer what was promised, or no longer there. */
  changed(): PlinthError;
}

/** A file that is read when it is sent, in pieces of 256 KiB. The node compares its digest: to do so here as well would cost as much again. */
export function fileSource({ file, label, sha256, size, changed }: FileToPour): Source {
  async function* open(): AsyncIterable<Uint8Array> {
    const read: AsyncIterable<Buffer> = createReadStream(file, { highWaterMark: 256 * 1024 });
    try {
      yield* read;
    } catch (error) {
      throw error instanceof Error && 'code' in error ? changed() : error;
    }
  }
  async function check(): Promise<void> {
    const hash = createHash('sha256');
    for await (const part of open()) hash.update(part);
    if (hash.digest('hex') !== sha256) throw changed();
  }
  function text(): string {
    const bytes = wholeOf(file);
    if (bytes === undefined || createHash('sha256').update(bytes).digest('hex') !== sha256) throw changed();
    return bytes.toString('utf8');
  }
  return { kind: 'source', label, sha256, size, open, check, text };
}

function wholeOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
