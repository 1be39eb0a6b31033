import { PassThrough, type Readable } from 'node:stream';
import type { ShellLink } from '../shell/link.ts';
import type { Faults } from './faults.ts';

export interface FaultyLink extends ShellLink {
  /** From now on nothing comes back. */
  mute(): void;
}

/** A link whose answers come late, damaged, or not at all. */
export function faultyLink(link: ShellLink, faults: Faults): FaultyLink {
  let muted = false;
  let seen = 0;
  const through = (from: Readable): Readable => {
    const to = new PassThrough();
    const pass = (act: () => void): void => {
      if (faults.delay === undefined) act();
      else setTimeout(act, faults.delay);
    };
    from.on('data', (chunk: Buffer) => {
      const bytes = faults.corrupt === undefined ? chunk : damaged(chunk, seen, faults.corrupt);
      seen += chunk.length;
      if (!muted) pass(() => to.write(bytes));
    });
    from.on('close', () => pass(() => to.end()));
    return to;
  };
  return { ...link, stdout: through(link.stdout), stderr: through(link.stderr), mute: () => (muted = true) };
}

function damaged(chunk: Buffer, seen: number, distance: number): Buffer {
  const copy = Buffer.from(chunk);
  for (let at = distance - 1 - (seen % distance); at < copy.length; at += distance) copy[at] = (copy[at] ?? 0) ^ 0x20;
  return copy;
}
