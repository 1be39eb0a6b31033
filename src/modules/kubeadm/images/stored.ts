import { type Kind, type Reading, sh } from '../../../contract/index.ts';

/** What containerd holds under a name. */
export interface StoredImage {
  /** Of the manifest or index it stands for. */
  readonly digest: string;
  /** All of its content is there: an import or pull that was cut off leaves some of it out. */
  readonly complete: boolean;
}

/** By name. What the CRI has seen is there by id as well: `sha256:...`. */
export type Stored = Readonly<Record<string, StoredImage>>;

// A socket that nobody listens at any more keeps ctr waiting for ten seconds; the kernel knows at once.
const kind: Kind<Stored | undefined> = {
  name: 'images',
  script: () => sh`command -v ctr >/dev/null && grep -q '/run/containerd/containerd.sock$' /proc/net/unix || exit 0
out=$(ctr --connect-timeout 10s -n k8s.io images check 2>/dev/null) || :
put 0 "$out"`,
  parse: (text) =>
    text === undefined
      ? undefined
      : Object.fromEntries(
          text.split('\n').flatMap((line) => {
            const [, name, digest, status] = /^(\S+)\s+\S+\s+(sha256:[0-9a-f]+)\s+(\S+)/.exec(line) ?? [];
            return name === undefined || digest === undefined ? [] : [[name, { digest, complete: status === 'complete' }]];
          }),
        ),
};

/** Images of Kubernetes in containerd; undefined where no containerd runs. */
export const storedImages = (): Reading<Stored | undefined> => ({ kind, key: '' });

/**
 * Whether an image is there whole. With its id also whether it is that very image: the CRI stores the id beside the name, and
 * where it has not done so yet the name is believed.
 */
export function isStored(stored: Stored | undefined, name: string, id?: string): boolean {
  const found = stored?.[name];
  if (!found?.complete) return false;
  const ids = Object.entries(stored ?? {}).filter(([other, { digest }]) => other.startsWith('sha256:') && digest === found.digest);
  return id === undefined || ids.length === 0 || ids.some(([other]) => other === id);
}
