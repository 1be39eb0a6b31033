import { createHash } from 'node:crypto';
import { type Change, change, type Observed, read, type Refusal, refuse, Secret, sh, upload } from '../../contract/index.ts';

/** A file as it should be. Everything not said is kept as it is found. */
export interface Placed {
  readonly path: string;
  readonly content: string | Uint8Array | Secret;
  readonly mode?: string | undefined;
  readonly owner?: string | undefined;
  readonly group?: string | undefined;
  readonly validate?: string | undefined;
  readonly backup: boolean;
  readonly follow: boolean;
}

export const observePlaced = ({ path, content }: Pick<Placed, 'path' | 'content'>) => ({
  found: read.target(path),
  link: read.link(path),
  content: content instanceof Secret ? read.matches(path, content) : read.content(path, digest(content)),
});

type Found = Observed<ReturnType<typeof observePlaced>>;

/** What differs between a file as it should be and as it is found. */
export function* planPlaced(wanted: Placed, { found, link, content }: Found): Iterable<Change | Refusal> {
  const { path } = wanted;
  if (found && found.type !== 'file') {
    return yield refuse(`${path} is not a file`, `there is a ${found.type === 'other' ? 'device, socket or pipe' : found.type} at ${found.path}`, { hint: 'Choose another path, or take away what is there in an earlier task.' });
  }
  const isReplaced = link !== undefined && !wanted.follow;
  if (isReplaced) yield change(path, `link to ${link}`, undefined, sh`rm -f -- ${path}`);
  const kept = isReplaced ? undefined : found;
  const mode = wanted.mode ?? kept?.mode ?? (wanted.content instanceof Secret ? '0600' : '0644');
  const owner = wanted.owner ?? kept?.owner ?? 'root';
  const group = wanted.group ?? kept?.group ?? 'root';
  if (isReplaced || !isSame(wanted.content, content)) {
    if (wanted.backup && kept) yield change(`${path}~`, undefined, `copy of ${path}`, sh`cp -p -- ${path} ${`${path}~`}`);
    const { validate } = wanted;
    const run = upload({ path, content: wanted.content, mode, owner, group, ...(validate === undefined ? {} : { validate }) });
    yield change(path, ...shown(wanted.content, isReplaced ? undefined : content, kept !== undefined), run);
  }
  if (!kept) return;
  if (kept.mode !== mode) yield change(`${path} mode`, kept.mode, mode, sh`chmod ${mode} -- ${path}`);
  yield* planOwner(path, kept, { owner, group });
}

/** What differs in the owner and group of something that is there. */
export function* planOwner(path: string, found: { readonly owner: string; readonly group: string }, wanted: { readonly owner?: string | undefined; readonly group?: string | undefined }): Iterable<Change> {
  const is = `${found.owner}:${found.group}`;
  const should = `${wanted.owner ?? found.owner}:${wanted.group ?? found.group}`;
  if (is !== should) yield change(`${path} owner`, is, should, sh`chown ${should} -- ${path}`);
}

const digest = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

function isSame(wanted: Placed['content'], found: Found['content']): boolean {
  if (typeof found === 'boolean') return found;
  return !(wanted instanceof Secret) && found?.sha256 === digest(wanted);
}

/** Texts where there are any, digests where not, and of a secret only its name. */
function shown(wanted: Placed['content'], found: Found['content'], isThere: boolean): [string | undefined, string] {
  if (wanted instanceof Secret) return [isThere ? 'other content' : undefined, `<${wanted.label}>`];
  const there = typeof found === 'object' ? found : undefined;
  const isText = typeof wanted === 'string' && (there === undefined || (there.text !== undefined && there.text !== wanted));
  if (isText) return [there?.text, wanted];
  return [there && `sha256 ${there.sha256}`, `sha256 ${digest(wanted)}`];
}
