import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { createBundle, type Created } from '../create/create.ts';
import { neededImages } from '../create/needs.ts';
import { unpackPrograms } from '../create/unpack.ts';
import { imagesIn } from '../inspect/images.ts';
import { BrokenTar } from '../inspect/tar.ts';
import type { Internet } from './http.ts';
import { pullImage } from './registry.ts';
import { fetchUpstream, imagesOfChart, toolFor } from './tools.ts';
import { upstreamFiles, type Wanted } from './upstream.ts';
import { writeArchive } from './write-archive.ts';

export interface DownloadOptions extends Wanted, Internet {
  /** Where the bundle is made. What is there already is not fetched again. */
  readonly to: string;
  readonly cwd?: string;
  /** Images besides those of Kubernetes, kube-vip and Cilium. */
  readonly images?: readonly string[];
  /** What the Cilium chart is installed with, so that its images are known. */
  readonly ciliumValues?: unknown;
  note?(text: string): void;
}

/**
 * Gathers what a cluster needs from where it is published: programs, charts and manifests, compared with the digests that
 * upstream tells, and images by the digests of their registries. An interrupted run is gone on with by the same call.
 * @throws PlinthError (`bundle`)
 */
export async function downloadBundle(options: DownloadOptions): Promise<Created> {
  const { to, cwd = process.cwd(), versions, architecture, images = [], note = () => undefined } = options;
  const dir = resolve(cwd, to);
  const hidden = join(dir, '.plinth');
  mkdirSync(hidden, { recursive: true });
  const charts: string[] = [];
  for (const file of upstreamFiles(options)) {
    note(basename(file.path));
    await fetchUpstream(file, dir, options);
    if (/^bin\/.*\.(tar\.gz|tgz)$/.test(file.path)) await unpackPrograms(dir, to, file.path);
    if (file.path.startsWith('charts/')) charts.push(file.path);
  }
  const wanted = new Set([...(await imagesOfKubernetes(options, dir, hidden)), ...(versions.kubeVip === undefined ? [] : [`ghcr.io/kube-vip/kube-vip:${versions.kubeVip}`]), ...images]);
  const [cilium] = charts;
  if (cilium !== undefined) {
    const helm = await toolFor('helm', versions, dir, hidden, options);
    for (const image of await imagesOfChart(helm, join(dir, cilium), options.ciliumValues ?? {}, versions.kubernetes ?? 'v1.36.0', hidden)) wanted.add(image);
  }
  for (const image of wanted) {
    const path = `images/${archiveName(image)}`;
    if (await isThere(join(dir, path), architecture)) continue;
    note(image);
    const blobs = join(hidden, 'blobs');
    mkdirSync(join(dir, 'images'), { recursive: true });
    await writeArchive(await pullImage(image, architecture, blobs, options), blobs, join(dir, path));
  }
  rmSync(hidden, { recursive: true });
  return createBundle({ from: to, cwd, architecture, note });
}

async function imagesOfKubernetes(options: DownloadOptions, dir: string, hidden: string): Promise<readonly string[]> {
  const { versions } = options;
  if (versions.kubernetes === undefined) return [];
  const kubeadm = await toolFor('kubeadm', versions, dir, hidden, options);
  const needed = await neededImages(kubeadm.replace(/\/bin\/kubeadm$/, ''), ['bin/kubeadm'], versions.kubernetes);
  return needed.filter((name) => !/\/kube-proxy:/.test(name));
}

/** `pause-3.10.2.tar` of registry.k8s.io/pause:3.10.2; the folder of an image tells it from others of its name. */
const archiveName = (image: string): string => `${image.replace(/@sha256:.*$/, '').replace(/^[^/]+\//, '').replaceAll('/', '_').replace(':', '-')}.tar`;

async function isThere(file: string, architecture: string): Promise<boolean> {
  if (!existsSync(file)) return false;
  return imagesIn(file, architecture).then(
    (found) => found.length > 0,
    (error: unknown) => {
      if (error instanceof BrokenTar) return false;
      throw error;
    },
  );
}
