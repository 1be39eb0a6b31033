import type { Edit } from '../keyed/edits.ts';
import { showKeyPath, startsWith } from '../keyed/keyPath.ts';
import { Unfit } from '../keyed/unfit.ts';
import { type Pair, parseToml, type Statement } from './parse.ts';
import { editNode } from './node.ts';
import { insertPair } from './place.ts';
import { removeTable } from './removeTable.ts';
import type { TomlValue } from './render.ts';

/**
 * A TOML text with keys set or taken away, everything else as it was, byte for byte.
 * @throws Unfit where the text is no TOML, or a path leads to a whole table or through a single value.
 */
export const editToml = (text: string, edits: readonly Edit<TomlValue>[]): string => edits.reduce(editOne, text);

/** Dotted keys may spread one table over several places, so a removal goes on until nothing is left. */
function editOne(text: string, edit: Edit<TomlValue>): string {
  const edited = editOnce(text, edit);
  return edit.value === undefined && edited !== text ? editOne(edited, edit) : edited;
}

function editOnce(text: string, edit: Edit<TomlValue>): string {
  const { path, value } = edit;
  const statements = parseToml(text);
  const pair = statements.find((one): one is Pair => one.kind === 'pair' && startsWith(path, one.path));
  if (pair) return editNode(text, pair, edit);
  const inside = statements.filter((one) => startsWith(one.path, path));
  if (value === undefined) return inside.length === 0 ? text : removeTable(text, statements, inside);
  if (inside[0]) throw new Unfit(`${showKeyPath(path)} is a table`, `it has keys of its own, at ${lineOf(text, inside[0])}`, 'Set its keys one by one.');
  return insertPair(text, statements, path, value);
}

const lineOf = (text: string, { start }: Statement): string => `line ${text.slice(0, start).split('\n').length}`;
