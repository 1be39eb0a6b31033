import { z } from 'zod';
import { type Bundle, type BundledImages, change, defineModule, read, refuse, sh, upload } from '../../../contract/index.ts';
import { bundle as bundleOf } from '../../args/bundle.ts';
import { isKubeProxy, kubeadmImages } from './needed.ts';
import { importing, pulling, pullingNeeded, removing } from './scripts.ts';
import { isStored, storedImages } from './stored.ts';

/** Where archives wait to be imported. */
const folder = '/var/lib/plinth/images';

/** Importing must not be cut off half-way through an unpacked layer, and a slow disk takes its time. */
const careful = { critical: true, timeout: 60 * 60_000 };

const imageName = () => z.string().regex(/^[a-z0-9][a-z0-9.-]*(:\d+)?\/[a-z0-9._/-]+(:[\w.-]+)?(@sha256:[0-9a-f]{64})?$/, 'must be the whole name of an image, such as registry.k8s.io/pause:3.10.2');

/**
 * Images where the kubelet finds them, before it asks for any: from a bundle, of which only the archives with something missing
 * are sent, or pulled. Several are taken in at a time. What is there whole is left alone; of a bundle's image the id must agree too.
 */
export const images = defineModule({
  name: 'images',
  summary: 'Container images in containerd, imported from a bundle or pulled ahead of time.',

  args: z
    .strictObject({
      bundle: bundleOf().optional().describe('What openBundle gave. Left out: images are pulled.'),
      names: z.array(imageName()).optional().describe('The images. Left out: all of the bundle and all that its kubeadm needs; kube-proxy never.'),
      mayLack: z.array(z.string().regex(/^[a-z0-9._-]+$/, 'must be the last part of a name, such as coredns')).default([]).describe('Images that the bundle may be without, by the last part of their names: the cluster goes without them, or others bring them.'),
      kubernetes: z.string().regex(/^v\d+\.\d+\.\d+\S*$/, 'must be a version such as v1.36.2').optional().describe('Without a bundle: also the images that the kubeadm of the node names for this version.'),
      repository: z.string().optional().describe("Another registry than registry.k8s.io for these, as kubeadm's imageRepository."),
      parallel: z.int().min(1).max(16).default(3).describe('How many are imported or pulled at a time.'),
      snapshotter: z.string().regex(/^[a-z0-9-]+$/, 'must be the name of a snapshotter, such as native').optional().describe("Where images are unpacked, when containerd's configuration names another than overlayfs."),
      state: z.enum(['present', 'absent']).default('present').describe('`absent` takes them away again.'),
    })
    .superRefine(({ bundle, names, mayLack, kubernetes, state }, context) => {
      if (!bundle && !names && kubernetes === undefined) context.addIssue({ code: 'custom', message: 'say which images: bundle, names or kubernetes' });
      if (!bundle || state === 'absent') return;
      const there = new Set(imagesOf(bundle).map(({ name }) => name));
      for (const name of names ?? bundle.needs) {
        if (there.has(name) || isKubeProxy(name) || mayLack.some((last) => name.includes(`/${last}:`))) continue;
        const why = names === undefined ? `, which kubeadm ${bundle.versions.kubernetes ?? ''} needs`.replace(' ,', ',') : '';
        context.addIssue({ code: 'custom', path: ['bundle'], message: `${bundle.name} lacks the image ${name}${why}: put an archive with it into its folder images and run \`plinth bundle create --from ${bundle.name}\`` });
      }
    }),

  observe: ({ bundle, kubernetes, repository }) =>
    Object.assign(
      { stored: storedImages(), staged: read.stat(folder), ...(!bundle && kubernetes !== undefined ? { needed: kubeadmImages(kubernetes, repository) } : {}) },
      read.each('archive', (bundle?.images ?? []).map(pathOf), read.sha256),
    ),

  *plan({ bundle, names, kubernetes, repository, state, ...manner }, { stored, staged, needed, ...observed }) {
    if (state === 'absent') {
      const there = (names ?? (bundle ? wantedOf(bundle).map(({ name }) => name) : (needed ?? []))).filter((name) => stored?.[name]);
      if (there.length > 0) yield change('images', there.join('\n'), undefined, removing(there), careful);
      if (staged) yield change(folder, 'directory', undefined, sh`rm -rf -- ${folder}`);
      return;
    }
    if (!bundle) {
      const missing = [...(names ?? []), ...(needed ?? []).filter((name) => !isKubeProxy(name))].filter((name) => !isStored(stored, name));
      const isToCome = kubernetes !== undefined && needed === undefined;
      if (isToCome) yield change(`images of Kubernetes ${kubernetes}`, undefined, 'pulled', pullingNeeded(kubernetes, repository, manner), careful);
      const own = isToCome ? (names ?? []).filter((name) => !isStored(stored, name)) : missing;
      if (own.length > 0) yield change('images', told(own, stored), own.join('\n'), pulling(own, manner), careful);
      return;
    }

    const missing = wantedOf(bundle).filter(({ name, id }) => (names === undefined || names.includes(name)) && !isStored(stored, name, id));
    if (missing.length === 0) {
      if (staged) yield change(folder, 'archives left by an import that was cut off', undefined, sh`rm -rf -- ${folder}`);
      return;
    }
    const archives = bundle.images.filter((archive) => archive.images.some((image) => missing.some(({ name }) => name === image.name)));
    if (staged && staged.type !== 'directory') return yield refuse(`${folder} is no directory`, `there is a ${staged.type}`, { hint: 'Take it away.' });
    if (!staged) yield change(folder, undefined, 'directory 0700 root:root', sh`mkdir -p -m 0700 -- ${folder}`);
    for (const archive of archives) {
      const { file } = archive;
      const path = pathOf(archive);
      const sum = observed[`archive ${path}`];
      if (sum !== file.sha256) yield change(path, sum && `sha256 ${sum}`, `sha256 ${file.sha256}, ${file.size} bytes`, upload({ path, content: file.content, mode: '0600', owner: 'root', group: 'root' }), { timeout: careful.timeout });
    }
    const labels = missing.map(({ name }) => name);
    yield change('images', told(labels, stored), labels.join('\n'), sh.lines([importing(archives.map(pathOf), manner), sh`rmdir -- ${folder} 2>/dev/null || :`]), careful);
  },
});

const imagesOf = (bundle: Bundle) => bundle.images.flatMap((archive) => archive.images);

const wantedOf = (bundle: Bundle) => imagesOf(bundle).filter(({ name }) => !isKubeProxy(name));

/** Names alone could be the same in two folders. */
const pathOf = ({ file }: BundledImages): string => `${folder}/${file.path.replace(/^images\//, '').replaceAll('/', '_')}`;

/** What is there of them; undefined where none is. */
function told(names: readonly string[], stored: ReturnType<ReturnType<typeof storedImages>['kind']['parse']>): string | undefined {
  const lines = names.flatMap((name) => {
    const found = stored?.[name];
    return found ? [`${name} ${found.complete ? 'of another content' : 'half imported'}`] : [];
  });
  return lines.length > 0 ? lines.join('\n') : undefined;
}
