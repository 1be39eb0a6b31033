import { z } from 'zod';
import { type Change, change, defineModule, read, type Refusal, refuse, sh, type Tree, upload } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';
import { accountName } from '../../args/accountName.ts';
import { localContent } from '../../args/localContent.ts';
import { octalMode } from '../../args/octalMode.ts';
import { planOwner } from '../../files/placed.ts';
import { extrasOf } from './extras.ts';

const relativePath = () => z.string().regex(/^[^/\n\\][^\n\\]*$/, 'must be a relative path').refine((path) => !path.split('/').some((part) => ['', '.', '..'].includes(part)), 'must hold no . or .. as a part');

const tree = z.strictObject(
  {
    name: z.string().describe('Where it is, for people.'),
    files: z
      .array(
        z.strictObject({
          path: relativePath().describe('Below the tree.'),
          sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be a sha256 in hex').describe('Of its content.'),
          size: z.int().describe('In bytes.'),
          executable: z.boolean().describe('Whether its owner may run it.'),
          content: localContent(),
        }),
      )
      .describe('Its files.'),
    links: z.array(z.strictObject({ path: relativePath().describe('Below the tree.'), target: z.string().describe('As it is written in the link.') })).describe('Its symbolic links.'),
    directories: z.array(relativePath()).describe('Its directories.'),
  },
  "must be a folder of this machine: from: localTree(new URL('./site/', import.meta.url))",
);

/** All files are told by one reading of digests; only those that differ are sent. What a file held before is not shown. */
export const copy = defineModule({
  name: 'copy',
  summary: 'A folder of this machine put below a directory of the node, file by file where they differ.',

  args: z
    .strictObject({
      from: tree.describe("The folder, as in localTree(new URL('./site/', import.meta.url)). It is read when the playbook loads."),
      to: absolutePath().describe('The directory. It and all below it that is missing is made.'),
      owner: accountName().default('root').describe('Name of the user who owns what is copied.'),
      group: accountName().default('root').describe('Name of its group.'),
      fileMode: octalMode().default('0644').describe('Permissions of files.'),
      executableMode: octalMode().default('0755').describe('Permissions of files that are executable here.'),
      directoryMode: octalMode().default('0755').describe('Permissions of directories that are made, and of those in the folder.'),
      delete: z.boolean().default(false).describe('Takes away everything else below the directory. Each is told.'),
    })
    .refine(({ to, delete: isExact }) => !isExact || to.split('/').length > 2, { path: ['to'], message: 'is a directory of the system itself, where nothing is deleted' }),

  observe: ({ from, to, delete: isExact }) => ({ there: read.stat(to), top: read.stat(`${to === '/' ? '' : to}/.`), found: read.tree(to, { paths: [...directoriesOf(from), ...from.files.map(({ path }) => path), ...from.links.map(({ path }) => path)], all: isExact }) }),

  *plan({ from, to, owner, group, fileMode, executableMode, directoryMode, delete: isExact }, { there, top, found = {} }) {
    if (there && !top) return yield refuse(`${to} is not a directory`, `there is a ${there.type}`, { hint: 'Choose another directory, or take away what is there.' });
    const at = (path: string): string => `${to === '/' ? '' : to}/${path}`;
    const clash = clashIn(from, found, at);
    if (clash) return yield clash;
    const directories = directoriesOf(from);

    if (!top) yield makeDirectory(to, directoryMode, owner, group);
    for (const path of directories) {
      const one = found[path];
      if (!one) yield makeDirectory(at(path), directoryMode, owner, group);
      else if (from.directories.includes(path)) yield* planMode(at(path), one, directoryMode, { owner, group });
    }
    for (const { path, sha256, size, executable, content } of from.files) {
      const one = found[path];
      const mode = executable ? executableMode : fileMode;
      // An upload would go through a link.
      if (one?.type === 'link') yield change(at(path), `link to ${one.target ?? '?'}`, undefined, sh`rm -f -- ${at(path)}`);
      const isThere = one?.type === 'file';
      if (!isThere || one.sha256 !== sha256) yield change(at(path), isThere ? `sha256 ${one.sha256 ?? '?'}, ${one.size} bytes` : undefined, `sha256 ${sha256}, ${size} bytes`, upload({ path: at(path), content, mode, owner, group }));
      if (isThere) yield* planMode(at(path), one, mode, { owner, group });
    }
    for (const { path, target } of from.links) {
      const one = found[path];
      if (one?.target !== target) yield change(at(path), one && (one.target === undefined ? 'a file' : `link to ${one.target}`), `link to ${target}`, sh.lines([sh`rm -f -- ${at(path)}`, sh`ln -s -- ${target} ${at(path)}`]));
    }
    if (!isExact) return;
    for (const { path, what } of extrasOf(found, [...directories, ...from.files.map((file) => file.path), ...from.links.map((link) => link.path)])) yield change(at(path), what, undefined, sh`rm -rf -- ${at(path)}`);
  },
});

interface Wanted {
  readonly files: readonly { readonly path: string }[];
  readonly links: readonly { readonly path: string }[];
  readonly directories: readonly string[];
}

/** All that must be there for the rest to have a place, parents first. */
const directoriesOf = ({ files, links, directories }: Wanted): string[] => {
  const parents = [...files, ...links].flatMap(({ path }) => path.split('/').slice(0, -1).map((_, depth, parts) => parts.slice(0, depth + 1).join('/')));
  return [...new Set([...parents, ...directories])].sort();
};

/** A directory where a file should be, or the other way round, is never taken away without a word. */
function clashIn({ files, links, directories }: Wanted, found: Tree, at: (path: string) => string): Refusal | undefined {
  const flat = [...files, ...links].find(({ path }) => found[path] !== undefined && !['file', 'link'].includes(found[path].type));
  if (flat) return refuse(`${at(flat.path)} is a ${found[flat.path]?.type}`, 'a file or link should be there', { hint: 'Take away what is there in an earlier task.' });
  const deep = directories.find((path) => found[path] !== undefined && found[path].type !== 'directory');
  return deep === undefined ? undefined : refuse(`${at(deep)} is a ${found[deep]?.type}`, 'a directory should be there', { hint: 'Take away what is there in an earlier task.' });
}

const makeDirectory = (path: string, mode: string, owner: string, group: string): Change =>
  change(path, undefined, `directory ${mode} ${owner}:${group}`, sh`d=${path}
mkdir -p -- "\${d%/*}/"
[ -d "$d" ] || mkdir -m 0700 -- "$d"
chown ${`${owner}:${group}`} -- "$d"
chmod ${mode} -- "$d"`);

function* planMode(path: string, found: { readonly mode: string; readonly owner: string; readonly group: string }, mode: string, wanted: { readonly owner: string; readonly group: string }): Iterable<Change> {
  if (found.mode !== mode) yield change(`${path} mode`, found.mode, mode, sh`chmod ${mode} -- ${path}`);
  yield* planOwner(path, found, wanted);
}
