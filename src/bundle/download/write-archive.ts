import { createReadStream, createWriteStream, renameSync } from 'node:fs';
import { dirname, basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PulledImage } from './registry.ts';
import { endMark, padding, tarHeader } from './tar-header.ts';

/** Writes an image as an archive of OCI, in the form that `ctr images import` and `docker load` take. */
export async function writeArchive(image: PulledImage, blobFolder: string, to: string): Promise<void> {
  const { name, manifest, blobs } = image;
  const annotations = { 'io.containerd.image.name': name, 'org.opencontainers.image.ref.name': name.replace(/^.*:/, '') };
  const index = { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [{ mediaType: manifest.mediaType, digest: manifest.digest, size: manifest.bytes.length, annotations }] };
  const member = (path: string, bytes: Buffer): Buffer => Buffer.concat([tarHeader(path, bytes.length), bytes, padding(bytes.length)]);
  async function* parts(): AsyncIterable<Buffer> {
    yield member('oci-layout', Buffer.from('{"imageLayoutVersion":"1.0.0"}'));
    yield member('index.json', Buffer.from(JSON.stringify(index)));
    yield member(`blobs/sha256/${manifest.digest.slice(7)}`, manifest.bytes);
    // Layers may be named twice; an archive holds each once.
    for (const digest of new Set(blobs.map((one) => one.digest))) {
      const size = blobs.find((one) => one.digest === digest)?.size ?? 0;
      yield tarHeader(`blobs/sha256/${digest.slice(7)}`, size);
      const read: AsyncIterable<Buffer> = createReadStream(join(blobFolder, digest.slice(7)));
      yield* read;
      yield padding(size);
    }
    yield endMark;
  }
  const part = join(dirname(to), `.part-${basename(to)}`);
  await pipeline(Readable.from(parts()), createWriteStream(part));
  renameSync(part, to);
}
