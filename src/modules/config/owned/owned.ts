import { type Change, change, type Observed, read, type Refusal, refuse, type Script, sh } from '../../../contract/index.ts';
import { writing } from './writing.ts';

/** A text file that belongs to one task alone: written whole, or taken away. */
export interface Owned {
  readonly path: string;
  /** undefined where there should be no file. */
  readonly text: string | undefined;
  readonly mode?: string;
  /** Judges the new file, `"$n"`, before it is put in place; it fails with a reason on stderr. */
  readonly check?: Script | undefined;
  /** What makes the change known, in the same step. */
  readonly after?: Script | undefined;
  /** Takes an empty directory away with the file. */
  readonly ownsDirectory?: boolean;
}

export const observeOwned = (path: string) => ({ text: read.text(path), stat: read.stat(path), link: read.link(path) });

export type OwnedFound = Observed<ReturnType<typeof observeOwned>>;

/** What differs between the file as it should be and as it is found. A link in its place is replaced, never followed. */
export function* planOwned({ path, text: wanted, mode = '0644', check, after, ownsDirectory }: Owned, { text, stat, link }: OwnedFound): Iterable<Change | Refusal> {
  if (stat && stat.type !== 'file' && link === undefined) return yield refuse(`${path} is not a file`, `there is a ${stat.type === 'other' ? 'device, socket or pipe' : stat.type}`, { hint: 'Take away what is there in an earlier task.' });
  const found = link === undefined ? text : `link to ${link}`;
  if (wanted === undefined) {
    if (stat) yield change(path, found, undefined, sh.lines([sh`rm -f -- ${path}`, ...(ownsDirectory ? [sh`rmdir -- ${folderOf(path)} 2>/dev/null || :`] : []), ...(after ? [after] : [])]));
    return;
  }
  if (found !== wanted) return yield change(path, found, wanted, writing({ path, text: wanted, mode, check, after }));
  if (stat && stat.mode !== mode) yield change(`${path} mode`, stat.mode, mode, sh`chmod ${mode} -- ${path}`);
  if (stat && `${stat.owner}:${stat.group}` !== 'root:root') yield change(`${path} owner`, `${stat.owner}:${stat.group}`, 'root:root', sh`chown root:root -- ${path}`);
}

export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));
