import type { Located } from '../../contract/index.ts';

/** A place in an inventory: where it stands in the file, and its path within the document, e.g. `groups.workers.vars.mtu`. */
export interface Place extends Located {
  readonly path: string;
}

/** Anything that is not a list or a map: a scalar, a secret, or (from a TypeScript inventory) any other value. */
export interface Leaf {
  readonly kind: 'leaf';
  readonly at: Place;
  readonly value: unknown;
  /** As it was written, where that may differ from the value: `0644`. */
  readonly text?: string;
}

export interface List {
  readonly kind: 'list';
  readonly at: Place;
  readonly items: readonly Tree[];
}

export interface Entry {
  readonly keyAt: Place;
  readonly value: Tree;
}

export interface Table {
  readonly kind: 'table';
  readonly at: Place;
  readonly entries: ReadonlyMap<string, Entry>;
}

/** What an inventory says, whatever it was written in, with the place of every part. */
export type Tree = Leaf | List | Table;

/** The same as plain data; secrets stay as they are. */
export function plain(tree: Tree): unknown {
  if (tree.kind === 'leaf') return tree.value;
  if (tree.kind === 'list') return tree.items.map(plain);
  return Object.fromEntries([...tree.entries].map(([key, { value }]) => [key, plain(value)]));
}

/** The part of a tree at a path, if there is one. */
export function treeAt(tree: Tree, path: readonly PropertyKey[]): Tree | undefined {
  let found: Tree | undefined = tree;
  for (const step of path) {
    if (found?.kind === 'table') found = found.entries.get(String(step))?.value;
    else if (found?.kind === 'list') found = found.items[Number(step)];
    else return undefined;
  }
  return found;
}

/** `sysctl.values[0].name`, for people. */
export const showPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? String(step) : `${text}.${String(step)}`), '');
