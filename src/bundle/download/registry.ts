import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { bundleError } from '../fail.ts';
import { fullName } from '../inspect/images.ts';
import { fetchFile } from './fetch-file.ts';
import { ask, type Internet, mirrored, refused } from './http.ts';

const descriptor = z.object({ mediaType: z.string().optional(), digest: z.string().regex(/^sha256:[0-9a-f]{64}$/), size: z.number() });
const manifestSchema = z.object({ mediaType: z.string().optional(), config: descriptor, layers: z.array(descriptor) });
const indexSchema = z.object({ manifests: z.array(descriptor.extend({ platform: z.object({ architecture: z.string(), os: z.string() }).optional() })) });

const accepted = ['application/vnd.oci.image.index.v1+json', 'application/vnd.docker.distribution.manifest.list.v2+json', 'application/vnd.oci.image.manifest.v1+json', 'application/vnd.docker.distribution.manifest.v2+json'].join(', ');

/** An image of one platform, its blobs lying in a folder by their digests. */
export interface PulledImage {
  readonly name: string;
  readonly manifest: { readonly bytes: Buffer; readonly digest: string; readonly mediaType: string };
  /** Of its configuration and layers. */
  readonly blobs: readonly { readonly digest: string; readonly size: number }[];
}

/** Fetches an image for one architecture from its registry, by the OCI distribution protocol. Source: opencontainers/distribution-spec. */
export async function pullImage(image: string, architecture: string, blobFolder: string, internet: Internet): Promise<PulledImage> {
  const { base, reference } = addressOf(image);
  const ofRegistry = session(base, internet);
  let found = await ofRegistry.manifest(reference);
  const index = indexSchema.safeParse(found.json);
  if (index.success) {
    const fitting = index.data.manifests.find(({ platform }) => platform?.os === 'linux' && platform.architecture === architecture);
    if (!fitting) throw bundleError(`there is no ${image} for ${architecture}`, { detail: `it is there for ${[...new Set(index.data.manifests.flatMap(({ platform }) => (platform && platform.os !== 'unknown' ? [`${platform.os}/${platform.architecture}`] : [])))].join(', ')}` });
    found = await ofRegistry.manifest(fitting.digest);
  }
  const manifest = manifestSchema.safeParse(found.json);
  if (!manifest.success) throw bundleError(`${image} is described in a way that is not understood`, { detail: found.bytes.toString('utf8').slice(0, 200) });
  const blobs = [manifest.data.config, ...manifest.data.layers].map(({ digest, size }) => ({ digest, size }));
  for (const { digest } of blobs) await ofRegistry.blob(digest, join(blobFolder, digest.slice('sha256:'.length)));
  const name = fullName(image.replace(/@sha256:.*/, ''));
  return { name, manifest: { bytes: found.bytes, digest: `sha256:${createHash('sha256').update(found.bytes).digest('hex')}`, mediaType: manifest.data.mediaType ?? 'application/vnd.oci.image.manifest.v1+json' }, blobs };
}

function addressOf(image: string): { readonly base: string; readonly reference: string } {
  const [, host = '', path = '', tag = 'latest', digest] = /^([^/]+)\/(.+?)(?::([\w.-]+))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(fullName(image)) ?? [];
  return { base: `https://${host === 'docker.io' ? 'registry-1.docker.io' : host}/v2/${path}`, reference: digest ?? tag };
}

interface Manifest {
  readonly bytes: Buffer;
  readonly json: unknown;
}

function session(base: string, internet: Internet) {
  let authorization: Record<string, string> = {};
  const authorised = async (url: string, headers: Record<string, string> = {}): Promise<Response> => {
    const first = await ask(url, internet, { ...headers, ...authorization });
    if (first.status !== 401) return first;
    await first.body?.cancel();
    authorization = { authorization: `Bearer ${await tokenFor(first.headers.get('www-authenticate') ?? '', base, internet)}` };
    return ask(url, internet, { ...headers, ...authorization });
  };
  return {
    async manifest(reference: string): Promise<Manifest> {
      const url = `${base}/manifests/${reference}`;
      const response = await authorised(url, { accept: accepted });
      if (!response.ok) throw refused(mirrored(url, internet.mirror), response);
      const bytes = Buffer.from(await response.arrayBuffer());
      const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
      if (reference.startsWith('sha256:') && digest !== reference) throw bundleError(`what came from ${mirrored(url, internet.mirror)} is not what was asked for`, { detail: `its digest is ${digest}` });
      return { bytes, json: parseJson(bytes) };
    },
    async blob(digest: string, to: string): Promise<void> {
      await fetchFile({ url: `${base}/blobs/${digest}`, to, sha256: digest.slice('sha256:'.length), headers: authorization }, internet);
    },
  };
}

/** A token for reading, from where the registry says. Nobody logs in: what is public is enough. */
async function tokenFor(challenge: string, base: string, internet: Internet): Promise<string> {
  const said = new Map([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]));
  const realm = said.get('realm');
  if (realm === undefined) throw bundleError(`${mirrored(base, internet.mirror)} wants a login`, { detail: challenge, hint: 'Only public images are fetched. Save others yourself, by `ctr images export`, into the folder images.' });
  const url = new URL(realm);
  for (const key of ['service', 'scope']) if (said.has(key)) url.searchParams.set(key, said.get(key) ?? '');
  const response = await ask(url.href, internet);
  if (!response.ok) throw refused(mirrored(url.href, internet.mirror), response);
  const { token, access_token: access } = z.object({ token: z.string().optional(), access_token: z.string().optional() }).parse(await response.json());
  return token ?? access ?? '';
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
