import { createHash } from 'node:crypto';
import { chmodSync, createReadStream, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Diagnostic } from '../../contract/diagnostic.ts';
import { wrong } from '../fail.ts';
import { architectureOf } from '../machine.ts';
import type { FileRecord } from '../record.ts';
import { chartIn } from './chart.ts';
import { imagesIn } from './images.ts';
import { packageOf } from './package-name.ts';
import { programVersion } from './program.ts';
import { BrokenTar } from './tar.ts';

/** All that a file tells of itself. */
export interface Inspected {
  readonly path: string;
  readonly record: FileRecord;
  /** Of programs and images; `any` of scripts. */
  readonly architecture?: string;
  /** Of a manifest of Gateway API. */
  readonly gatewayApi?: string;
  readonly problem?: Diagnostic;
}

export async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  const read: AsyncIterable<Buffer> = createReadStream(file, { highWaterMark: 1024 * 1024 });
  for await (const part of read) hash.update(part);
  return hash.digest('hex');
}

/** Reads a file of a bundle whole. What is wrong with it is told, not thrown. */
export async function inspectFile(dir: string, name: string, path: string, architecture: string | undefined): Promise<Inspected> {
  const file = join(dir, path);
  const shown = join(name, path);
  const known = { path, record: { sha256: await digestOf(file), size: statSync(file).size } };
  const { record } = known;
  try {
    switch (path.slice(0, path.indexOf('/'))) {
      case 'bin': {
        const machine = architectureOf(file);
        if (machine === undefined) return { ...known, problem: wrong(`${shown} is no program`, { detail: 'it is neither for Linux (ELF) nor a script that begins with #!', hint: 'Put programs into bin, and archives of them unpacked or as .tar.gz.' }) };
        // Copied from where it lost its mode: everything in bin is a program.
        if ((statSync(file).mode & 0o111) === 0) chmodSync(file, 0o755);
        const version = await programVersion(path.slice('bin/'.length), file);
        return { ...known, record: { ...record, ...(version === undefined ? {} : { version }) }, architecture: machine };
      }
      case 'images': {
        const images = await imagesIn(file, architecture);
        const [first] = images;
        if (!first) return { ...known, problem: wrong(`the images in ${shown} have no names`, { hint: 'Save them by name, as in `docker save -o images/pause.tar registry.k8s.io/pause:3.10.2`.' }) };
        return { ...known, record: { ...record, images: Object.fromEntries(images.map((image) => [image.name, image.id])) }, ...(first.architecture === '' ? {} : { architecture: first.architecture }) };
      }
      case 'charts':
        return { ...known, record: { ...record, chart: await chartIn(file) } };
      case 'manifests': {
        const bundleVersion = /gateway\.networking\.k8s\.io\/bundle-version: *["']?(v[\w.-]+)/.exec(await readFile(file, 'utf8'))?.[1];
        return { ...known, ...(bundleVersion === undefined ? {} : { gatewayApi: bundleVersion }) };
      }
      default: {
        const found = packageOf(basename(path));
        if (!found) return { ...known, problem: wrong(`${shown} is not named like a package`, { hint: 'Keep the name it had in its repository: name_version_architecture.deb, or name-version-release.architecture.rpm.' }) };
        return { ...known, record: { ...record, package: found } };
      }
    }
  } catch (error) {
    if (!(error instanceof BrokenTar)) throw error;
    return { ...known, problem: wrong(`${shown} cannot be used`, { detail: error.message, hint: 'Get it again; `docker save`, `ctr images export` and `helm pull` write what is wanted.' }) };
  }
}
