import { isDeepStrictEqual } from 'node:util';
import { type Place, plain, type Tree, treeAt } from '../source/tree.ts';
import type { Layer, Word } from './layers.ts';

/** What was said about one value, and what it came to. */
export interface Merged {
  /** The word that won: the last. */
  readonly winner: Word;
  /** Every word, the weakest first. */
  readonly words: readonly Word[];
  /** Where the key of the winner stands. */
  readonly keyAt: Place;
  /** Of a map: what its keys came to, by all maps that nothing else stands between. */
  readonly children?: ReadonlyMap<string, Merged>;
}

/** Two layers of one rank that say different things, where no stronger one decides. */
export interface Conflict {
  readonly path: readonly string[];
  readonly places: readonly Place[];
  readonly layers: readonly Layer[];
}

interface Said extends Word {
  readonly keyAt: Place;
}

/** Maps merge key by key, everything else replaces. Undefined where nothing was said. */
export function merge(words: readonly Word[], conflicts: Conflict[]): Merged | undefined {
  return mergeAt(words.map((word) => ({ ...word, keyAt: word.tree.at })), [], conflicts);
}

function mergeAt(words: readonly Said[], path: readonly string[], conflicts: Conflict[]): Merged | undefined {
  const winner = words.at(-1);
  if (!winner) return undefined;
  const { keyAt } = winner;
  const rival = rivalOf(words, winner);
  if (rival) conflicts.push({ path, places: [rival.tree.at, winner.tree.at], layers: [rival.layer, winner.layer] });
  if (winner.tree.kind !== 'table') return { winner, words, keyAt };
  const replaced = path.length === 1 ? words.findLastIndex((word) => word.whole) : 0;
  const maps = words.slice(Math.max(replaced, words.findLastIndex((word) => word.tree.kind !== 'table') + 1));
  const byKey = new Map<string, Said[]>();
  for (const { layer, tree, whole } of maps) {
    if (tree.kind !== 'table') continue;
    for (const [key, entry] of tree.entries) {
      const said: Said = { layer, tree: entry.value, keyAt: entry.keyAt, ...(whole ? { whole } : {}) };
      const list = byKey.get(key);
      if (list) list.push(said);
      else byKey.set(key, [said]);
    }
  }
  const children = new Map<string, Merged>();
  for (const [key, list] of byKey) {
    const child = mergeAt(list, [...path, key], conflicts);
    if (child) children.set(key, child);
  }
  return { winner, words, keyAt, children };
}

/** Another owner's last word of the winner's rank, when it is not the same. */
function rivalOf(words: readonly Said[], winner: Said): Said | undefined {
  const last = new Map<string, Said>();
  for (const word of words) if (word.layer.rank === winner.layer.rank && word.layer.owner !== winner.layer.owner) last.set(word.layer.owner, word);
  return [...last.values()].find((word) => (word.tree.kind !== 'table' || winner.tree.kind !== 'table') && !isDeepStrictEqual(plain(word.tree), plain(winner.tree)));
}

/** The merged value as plain data. */
export function valueOf(merged: Merged): unknown {
  if (!merged.children) return plain(merged.winner.tree);
  return Object.fromEntries([...merged.children].map(([key, child]) => [key, valueOf(child)]));
}

/** The merged value as one tree, so that complaints about it find their place. */
export function treeOf(merged: Merged): Tree {
  if (!merged.children) return merged.winner.tree;
  return { kind: 'table', at: merged.winner.tree.at, entries: new Map([...merged.children].map(([key, child]) => [key, { keyAt: child.keyAt, value: treeOf(child) }])) };
}

/** Where the value at a path was written; a path may lead on into a list. */
export function placeIn(merged: Merged | undefined, path: readonly PropertyKey[]): Place | undefined {
  const [step, ...rest] = path;
  if (!merged || step === undefined) return merged?.winner.tree.at;
  if (merged.children) return placeIn(merged.children.get(String(step)), rest);
  return treeAt(merged.winner.tree, path)?.at;
}
