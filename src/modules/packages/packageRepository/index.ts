import { createHash } from 'node:crypto';
import { z } from 'zod';
import { change, defineModule, quote, read, refuse, sh } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';
import { fingerprintsOf } from './openpgp.ts';
import { keyPath, repositoryOf, repoPath, repoText, sourcesPath, sourcesText } from './repository.ts';
import { fetchKey, placeKey, placeRepo, placeSources } from './scripts.ts';
import { signingKeys } from './signingKeys.ts';

const url = () => z.string().regex(/^(https?|file):\/\S+$/, 'must be a URL, https://... or file:/...');
const key = z
  .strictObject({
    fingerprint: z
      .string()
      .transform((text) => text.replaceAll(/[\s:]/g, '').toUpperCase())
      .pipe(z.string().regex(/^[0-9A-F]{40}$/, 'must be the whole fingerprint, 40 hexadecimal digits: a short key id can be forged'))
      .describe('Of the primary key, blanks allowed. A file with any other key in it is refused.'),
    text: z.string().optional().describe('The key itself, armored.'),
    url: url().optional().describe('Where the node fetches it, armored or not.'),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits in lower case').optional().describe('Of what `url` gives. The fingerprint alone stays true when the owner prolongs the key.'),
  })
  .superRefine(({ fingerprint, text, url: from }, context) => {
    if ((text === undefined) === (from === undefined)) context.addIssue({ code: 'custom', message: 'give the key by `text` or by `url`' });
    if (text === undefined) return;
    const found = fingerprintsOf(text);
    if (!found) context.addIssue({ code: 'custom', path: ['text'], message: 'is not one armored OpenPGP public key' });
    else if (found.join() !== fingerprint) context.addIssue({ code: 'custom', path: ['text'], message: `holds the key ${found.join(' and ')}, not ${fingerprint} alone` });
  });

/** A package manager is never cut off half-way, and may have to wait for another one first. */
const careful = { critical: true, timeout: 15 * 60_000 };

/**
 * A repository of packages, for apt (one deb822 file, the key under /etc/apt/keyrings and good for this repository alone) or
 * dnf. It is tried before it is put in place. `kubernetes: 'v1.36'` is all that Kubernetes needs: its repository belongs to one
 * minor version, so an upgrade rewrites it.
 */
export const packageRepository = defineModule({
  name: 'packageRepository',
  summary: 'A package repository of apt or dnf, with its signing key.',

  args: z
    .strictObject({
      name: z.string().regex(/^[a-z0-9][a-z0-9_-]*$/, 'must be a name in lower case, such as kubernetes').describe('Names its files: /etc/apt/sources.list.d/NAME.sources or /etc/yum.repos.d/NAME.repo.'),
      state: z.enum(['present', 'absent']).default('present').describe('`absent` takes the repository and its key away; packages stay.'),
      kubernetes: z.string().regex(/^v1\.\d+$/, 'must be a minor version, such as v1.36').optional().describe("The minor version whose packages are wanted, such as 'v1.36'. Fills in `key`, `apt` and `dnf` where they are left out."),
      key: key.optional().describe('What the repository is signed with.'),
      unsigned: z.boolean().default(false).describe('The repository is not signed. Never over http.'),
      apt: z
        .strictObject({
          url: url().describe('The repository.'),
          suites: z.array(z.string().regex(/^\S+$/, 'must be one word')).min(1, 'must name at least one suite').default(['/']).describe("Suites such as bookworm; one that ends with '/' is a plain folder without components."),
          components: z.array(z.string().regex(/^\S+$/, 'must be one word')).default([]).describe('Components such as main.'),
          architectures: z.array(z.string().regex(/^[a-z0-9-]+$/, 'must be an architecture, such as amd64')).default([]).describe("Only these; by default the node's own."),
        })
        .refine(({ suites, components }) => suites.every((suite) => suite.endsWith('/')) === (components.length === 0), { path: ['components'], message: "go with suites, and not with folders, which end with '/'" })
        .optional()
        .describe('Where nodes with apt find it.'),
      dnf: z
        .strictObject({
          url: url().describe('The repository; $releasever and $basearch stand for what they are.'),
          exclude: z.array(z.string().regex(/^\S+$/, 'must be one word')).default([]).describe('Packages not to be taken from it.'),
        })
        .optional()
        .describe('Where nodes with dnf find it.'),
      replaces: z.array(absolutePath()).default([]).describe('Source files of the same packages, left by others, that are removed.'),
    })
    .superRefine((args, context) => {
      if (args.state === 'absent') return;
      const { key: signing, apt, dnf } = repositoryOf(args);
      if (!apt && !dnf) context.addIssue({ code: 'custom', message: 'say where it is: `apt`, `dnf`, or `kubernetes`' });
      if (!signing && !args.unsigned) context.addIssue({ code: 'custom', path: ['key'], message: 'is missing: a repository is signed, or says `unsigned: true`' });
      if (signing && args.unsigned) context.addIssue({ code: 'custom', path: ['unsigned'], message: 'contradicts `key`' });
      for (const [manager, source] of Object.entries({ apt, dnf })) {
        if (!signing && source?.url.startsWith('http:')) context.addIssue({ code: 'custom', path: [manager, 'url'], message: 'is http, which anyone on the way can change: it needs a `key`' });
      }
    }),

  observe: ({ name, replaces, ...args }) => {
    const { rivals, key: signing } = repositoryOf(args);
    return Object.assign(
      {
        manager: read.packageManager(),
        sources: read.text(sourcesPath(name)),
        repo: read.text(repoPath(name)),
        aptKey: signingKeys(keyPath('apt', name)),
        dnfKey: signingKeys(keyPath('dnf', name)),
        ...(signing?.text === undefined ? {} : { aptKeySum: read.sha256(keyPath('apt', name)), dnfKeySum: read.sha256(keyPath('dnf', name)) }),
        ...(rivals.length === 0 ? {} : { rivals: read.condition(rivalsTest(rivals)) }),
      },
      read.each('replaced', replaces, read.text),
    );
  },

  *plan({ name, state, replaces, ...args }, { manager, sources, repo, aptKey, dnfKey, aptKeySum, dnfKeySum, rivals, ...observed }) {
    if (manager === undefined) return yield refuse('this node has no package manager that Plinth knows', 'neither apt-get nor dnf is there', { final: true });
    const { key: signing, apt, dnf } = repositoryOf(args);
    const isApt = manager === 'apt';
    const keyFile = keyPath(manager, name);
    const file = isApt ? sourcesPath(name) : repoPath(name);
    const found = isApt ? sources : repo;
    const keys = isApt ? aptKey : dnfKey;
    if (state === 'absent') {
      if (found !== undefined) yield change(file, found, undefined, sh`rm -f -- ${file}`);
      if (keys !== undefined) yield change(keyFile, keys.join('\n') || 'no key', undefined, sh`rm -f -- ${keyFile}`);
      return;
    }

    const isSigned = signing !== undefined;
    const text = isApt ? apt && sourcesText(name, apt, isSigned) : dnf && repoText(name, dnf, isSigned);
    if (text === undefined) return yield refuse(`nothing says where ${manager} finds the repository ${name}`, `this node installs by ${manager}`, { hint: `Give the argument \`${manager}\`, or leave this node out.`, final: true });
    const others = (rivals?.holds ? rivals.said.split('\n') : []).filter((path) => path.startsWith('/') && path !== file && !replaces.includes(path));
    if (others[0] !== undefined) {
      return yield refuse(`another file names a repository of the same packages: ${others.join(', ')}`, 'with both, versions of the wrong minor could be installed, and apt refuses two keys for one repository', {
        hint: `Have it removed: replaces: [${others.map((path) => `'${path}'`).join(', ')}].`,
      });
    }

    for (const path of replaces) {
      const there = observed[`replaced ${path}`];
      if (there !== undefined && path !== file) yield change(path, there, undefined, sh`rm -f -- ${path}`);
    }
    const isOtherText = signing?.text !== undefined && createHash('sha256').update(signing.text).digest('hex') !== (isApt ? aptKeySum : dnfKeySum);
    if (signing && (keys?.join('\n') !== signing.fingerprint || isOtherText)) {
      const is = keys === undefined ? undefined : keys.join('\n') === signing.fingerprint ? `${signing.fingerprint}, another edition` : keys.join('\n') || 'no key';
      yield change(keyFile, is, signing.fingerprint, signing.text === undefined ? fetchKey(manager, name, signing) : placeKey(keyFile, signing.text));
    }
    if (found !== text) yield change(file, found, text, isApt ? placeSources(name, text) : placeRepo(name, text), careful);
  },
});

/** Prints every source file that holds one of the texts in a line that is no comment. */
const rivalsTest = (texts: readonly string[]): string =>
  `grep -ls ${texts.map((text) => `-e ${quote(`^[^#]*${text.replaceAll('.', '[.]')}`)}`).join(' ')} /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources /etc/yum.repos.d/*.repo`;
