import { z } from 'zod';
import { type Change, change, type Observed, read, type Refusal, refuse, sh, upload } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';
import { accountName } from '../../args/accountName.ts';
import { octalMode } from '../../args/octalMode.ts';
import { planOwner } from '../../files/placed.ts';
import { Unfit } from './unfit.ts';

/** Arguments of every module that sets keys of a structured file. */
export const keyedArgs = {
  path: absolutePath().describe('The file. A link is followed. Its directory must be there.'),
  create: z.boolean().default(false).describe('Makes the file where there is none.'),
  mode: octalMode().optional().describe("Permissions as octal digits, such as '0644'. Left out: as found; 0644 for a new file."),
  owner: accountName().optional().describe('Name of the user who owns it. Left out: as found, root for a new file.'),
  group: accountName().optional().describe('Name of its group. Left out: as found, root for a new file.'),
  validate: z.string().includes('%s', 'must hold %s, which stands for the new file').optional().describe('A command that must accept the changed file before it is put in place; %s stands for its path.'),
};

export const observeKeyed = ({ path }: { readonly path: string }) => ({ text: read.text(path), target: read.target(path) });

export interface Keyed {
  readonly path: string;
  readonly create: boolean;
  readonly mode?: string | undefined;
  readonly owner?: string | undefined;
  readonly group?: string | undefined;
  readonly validate?: string | undefined;
}

type Found = Observed<ReturnType<typeof observeKeyed>>;

/**
 * Puts the edited text in place whole: nobody ever reads half of an edit. `edit` is given an empty text where there is no
 * file, and throws Unfit where it cannot do what is asked.
 */
export function* planKeyed(wanted: Keyed, edit: (text: string) => string, { text, target }: Found): Iterable<Change | Refusal> {
  const { path, create, validate } = wanted;
  if (target && target.type !== 'file') return yield refuse(`${path} is not a file`, `there is a ${target.type === 'other' ? 'device, socket or pipe' : target.type}`);
  if (text !== undefined && target && Buffer.byteLength(text) !== target.size) {
    return yield refuse(`${path} is not a text in UTF-8`, 'writing it back would change other bytes of it', { hint: 'Put the whole file in place with the module file.' });
  }
  const edited = tried(path, () => edit(text ?? ''));
  if (typeof edited !== 'string') return yield edited;
  if (text === undefined && edited === '') return;
  if (text === undefined && !create) return yield refuse(`there is no file ${path}`, 'there is nothing to set keys of', { hint: 'Put the file in place in an earlier task, or say create: true.' });
  const mode = wanted.mode ?? target?.mode ?? '0644';
  const owner = wanted.owner ?? target?.owner ?? 'root';
  const group = wanted.group ?? target?.group ?? 'root';
  const real = target?.path ?? path;
  if (edited !== text) yield change(path, text, edited, upload({ path: real, content: edited, mode, owner, group, ...(validate === undefined ? {} : { validate }) }));
  if (!target) return;
  if (target.mode !== mode) yield change(`${path} mode`, target.mode, mode, sh`chmod ${mode} -- ${path}`);
  yield* planOwner(path, target, { owner, group });
}

function tried(path: string, edit: () => string): string | Refusal {
  try {
    return edit();
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    return refuse(`${path}: ${error.message}`, error.evidence, error.hint === undefined ? {} : { hint: error.hint });
  }
}
