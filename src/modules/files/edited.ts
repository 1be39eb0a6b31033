import { type Change, change, type Observed, read, type Refusal, refuse, upload } from '../../contract/index.ts';

/** What must be known of a file to change a part of its text. */
export const observeEdited = (path: string) => ({ text: read.text(path), target: read.target(path) });

type Found = Observed<ReturnType<typeof observeEdited>>;

export interface Edited {
  readonly path: string;
  /** The new text, made from the one that is there; undefined where the file should stay away. */
  edit(text: string): string;
  /** Makes the file where there is none. */
  readonly create: boolean;
  readonly mode?: string | undefined;
  readonly validate?: string | undefined;
}

/** Puts the file in place whole, with its owner and permissions: nobody ever reads half of an edit. */
export function* planEdited({ path, edit, create, mode, validate }: Edited, { text, target }: Found): Iterable<Change | Refusal> {
  if (target && target.type !== 'file') return yield refuse(`${path} is not a file`, `there is a ${target.type === 'other' ? 'device, socket or pipe' : target.type}`);
  if (text !== undefined && target && Buffer.byteLength(text) !== target.size) return yield refuse(`${path} is not a text in UTF-8`, 'writing it back would change other bytes of it', { hint: 'Put the whole file in place with the module file, or edit it by a command.' });
  const wanted = edit(text ?? '');
  if (wanted === (text ?? '')) return;
  if (text === undefined && !create) return yield refuse(`there is no file ${path}`, 'there is nothing to change a part of', { hint: 'Put the file in place in an earlier task, or say create: true.' });
  const run = upload({
    path: target?.path ?? path,
    content: wanted,
    mode: mode ?? target?.mode ?? '0644',
    owner: target?.owner ?? 'root',
    group: target?.group ?? 'root',
    ...(validate === undefined ? {} : { validate }),
  });
  yield change(path, text, wanted, run);
}
