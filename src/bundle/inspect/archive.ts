import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BrokenTar, type TarMember, tarMembers } from './tar.ts';

/** Members of an archive on this machine, packed with gzip or not, as its first bytes say. @throws BrokenTar */
export async function* membersOf(file: string, wants: (member: TarMember) => boolean): AsyncIterable<TarMember> {
  const read = createReadStream(file, { highWaterMark: 1024 * 1024 });
  const bytes: AsyncIterable<Buffer> = isGzip(file) ? pipeline(read, createGunzip({ chunkSize: 256 * 1024 }), () => undefined) : read;
  try {
    yield* tarMembers(bytes, wants);
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) throw new BrokenTar('gzip cannot unpack it: it was cut off, or is damaged');
    throw error;
  } finally {
    read.destroy();
  }
}

function isGzip(file: string): boolean {
  const start = Buffer.alloc(2);
  const opened = openSync(file, 'r');
  try {
    readSync(opened, start);
  } finally {
    closeSync(opened);
  }
  return start[0] === 0x1f && start[1] === 0x8b;
}
