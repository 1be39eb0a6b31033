import { createHash } from 'node:crypto';
import { z } from 'zod';
import { membersOf } from './archive.ts';
import { BrokenTar } from './tar.ts';

export interface ArchivedImage {
  /** In full, as containerd will call it. */
  readonly name: string;
  /** `sha256:...` of its configuration. */
  readonly id: string;
  /** What it was built for, in the words of Go. */
  readonly architecture: string;
}

const dockerManifest = z.array(z.object({ Config: z.string(), RepoTags: z.array(z.string()).nullish(), Layers: z.array(z.string()) }));
const descriptor = z.object({ digest: z.string(), annotations: z.record(z.string(), z.string()).optional(), platform: z.object({ architecture: z.string(), os: z.string() }).partial().optional() });
const ociIndex = z.object({ manifests: z.array(descriptor) });
const ociManifest = z.object({ config: z.object({ digest: z.string() }), layers: z.array(z.object({ digest: z.string() })) });
const configuration = z.object({ architecture: z.string().default('') });

/** Descriptions are short; a layer that begins with a brace is not read into memory. In bytes. */
const longestText = 4 * 1024 * 1024;

/**
 * The images in an archive of docker (`docker save`) or OCI (`ctr images export`), for one architecture where it holds several.
 * Every layer that they name must be in it.
 * @throws BrokenTar where it is cut off, lacks a part, or is no archive of images.
 */
export async function imagesIn(file: string, architecture?: string): Promise<readonly ArchivedImage[]> {
  const texts = new Map<string, Buffer>();
  const names = new Set<string>();
  for await (const member of membersOf(file, ({ size }) => size <= longestText)) {
    names.add(member.name);
    // Neither blobs of OCI nor what crane writes have endings that tell layers from descriptions.
    if (member.content && (member.content[0] === 0x7b || member.content[0] === 0x5b)) texts.set(member.name, member.content);
  }
  const read = <T>(name: string, schema: z.ZodType<T>): T => {
    const text = texts.get(name);
    if (!text) throw new BrokenTar(`it lacks ${name}`);
    const parsed = schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    throw new BrokenTar(`its ${name} makes no sense`);
  };
  const whole = (parts: readonly string[]): void => {
    const missing = parts.find((name) => !names.has(name));
    if (missing !== undefined) throw new BrokenTar(`it lacks ${missing}`);
  };
  const described = (name: string, config: string, layers: readonly string[]): ArchivedImage => {
    const found = read(config, configuration);
    whole(layers);
    return { name: fullName(name), id: `sha256:${createHash('sha256').update(texts.get(config) ?? '').digest('hex')}`, architecture: found.architecture };
  };

  if (names.has('oci-layout') && names.has('index.json')) {
    const { manifests } = read('index.json', ociIndex);
    const found = manifests.flatMap(({ digest, annotations = {} }) => {
      const name = annotations['io.containerd.image.name'] ?? annotations['org.opencontainers.image.ref.name'];
      if (name === undefined || !name.includes('/')) return [];
      const { config, layers } = manifestOf(digest, architecture, read);
      return [described(name, blob(config.digest), layers.map((layer) => blob(layer.digest)))];
    });
    if (found.length > 0) return found;
  }
  if (!names.has('manifest.json')) throw new BrokenTar(names.has('index.json') ? 'the images in it have no full names' : 'it is no archive of docker or OCI: it has neither manifest.json nor index.json');
  return read('manifest.json', dockerManifest).flatMap(({ Config: config, RepoTags, Layers }) => (RepoTags ?? []).map((name) => described(name, config, Layers)));
}

type Read = <T>(name: string, schema: z.ZodType<T>) => T;

/** An index leads to the manifest of a platform; what is no image, such as attestations, has an unknown one. */
function manifestOf(digest: string, architecture: string | undefined, read: Read): z.output<typeof ociManifest> {
  const index = ociIndex.safeParse(read(blob(digest), z.unknown()));
  if (!index.success) return read(blob(digest), ociManifest);
  const linux = index.data.manifests.filter(({ platform }) => platform?.os === 'linux' || platform === undefined);
  const fitting = linux.find(({ platform }) => platform?.architecture === architecture) ?? linux[0];
  if (!fitting) throw new BrokenTar('an image in it is for no Linux');
  return read(blob(fitting.digest), ociManifest);
}

const blob = (digest: string): string => `blobs/${digest.replace(':', '/')}`;

/** As containerd completes names: `nginx` is `docker.io/library/nginx:latest`. */
export function fullName(name: string): string {
  const [first = '', ...rest] = name.split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const path = isHost ? name : `docker.io/${rest.length === 0 ? 'library/' : ''}${name}`;
  return /[:@][^/]*$/.test(path) ? path : `${path}:latest`;
}

function parseJson(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch {
    return undefined;
  }
}
