import { type Change, change, type LocalFile, type Reading, read, sh, type Stat, upload } from '../../../contract/index.ts';
import { noteOf, noting, placedProgram, type PlacedProgram } from './placedProgram.ts';

/** A program of a bundle and where it goes. */
export interface Program {
  readonly file: LocalFile;
  readonly to: string;
}

type Found = Readonly<Record<`program ${string}`, PlacedProgram | undefined>> & Readonly<Record<`folder ${string}`, Stat | undefined>>;

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));
const foldersOf = (paths: readonly string[]): string[] => [...new Set(paths.map(folderOf))];

export const observePrograms = (paths: readonly string[]): Readonly<Record<`program ${string}`, Reading<PlacedProgram | undefined>>> & Readonly<Record<`folder ${string}`, Reading<Stat | undefined>>> =>
  Object.assign(read.each('program', paths, placedProgram), read.each('folder', foldersOf(paths), read.stat));

/** Only what differs is sent. Each is noted, so that a second run need not read it whole. `version` is noted too. */
export function* planPrograms(programs: readonly Program[], found: Found, version = ''): Iterable<Change> {
  for (const folder of foldersOf(programs.map(({ to }) => to))) {
    if (!found[`folder ${folder}`]) yield change(folder, undefined, 'directory 0755 root:root', sh`mkdir -p -m 0755 -- ${folder}`);
  }
  for (const { file, to } of programs) {
    const is = found[`program ${to}`];
    const mode = '0755';
    if (is?.sha256 !== file.sha256) {
      yield change(to, is && `sha256 ${is.sha256}`, `sha256 ${file.sha256}, ${file.size} bytes`, upload({ path: to, content: file.content, mode, owner: 'root', group: 'root', validate: noting(to, file.sha256, version) }), { timeout: sendingTime });
    } else if (is.mode !== mode) yield change(`${to} mode`, is.mode, mode, sh`chmod ${mode} -- ${to}`);
  }
}

/** A kubelet of 60 MB over a slow link, in ms. */
export const sendingTime = 30 * 60_000;

/** Takes away the programs that Plinth put in place; others of these names stay. */
export function* planNoPrograms(paths: readonly string[], found: Found): Iterable<Change> {
  for (const path of paths) {
    const is = found[`program ${path}`];
    if (is?.ours) yield change(path, `sha256 ${is.sha256}`, undefined, sh`rm -f -- ${path} ${noteOf(path)}
rmdir -p -- ${folderOf(noteOf(path))} 2>/dev/null || :`);
  }
}
