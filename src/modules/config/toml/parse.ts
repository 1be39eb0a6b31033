import { unfitAt } from '../keyed/unfit.ts';
import { keysAt } from './keys.ts';
import { blank, endOf, inLine } from './scan.ts';
import { type Node, valueAt } from './value.ts';

/** One statement of a TOML text: a table's header, or a key with its value. */
export type Statement = Header | Pair;

export interface Header {
  readonly kind: 'header';
  /** Items of an array of tables are told apart by their place. */
  readonly path: readonly (string | number)[];
  readonly start: number;
  /** Behind its last character; a comment on the line stands behind it. */
  readonly end: number;
}

export interface Pair {
  readonly kind: 'pair';
  /** The table whose header stands above it; empty for the root. */
  readonly table: readonly (string | number)[];
  /** Table and keys. */
  readonly path: readonly (string | number)[];
  readonly start: number;
  readonly end: number;
  readonly node: Node;
}

const restOfLine = /[ \t]*(#[^\n]*)?(\r?\n|$)/y;

/** @throws Unfit where the text is no TOML 1.0. Keys that are defined twice are not looked for. */
export function parseToml(text: string): Statement[] {
  const statements: Statement[] = [];
  const counts = new Map<string, number>();
  const placed = (keys: readonly string[]): (string | number)[] => keys.reduce<(string | number)[]>((path, key) => withPlace([...path, key], counts), []);
  let table: readonly (string | number)[] = [];
  for (let at = endOf(blank, text, text.startsWith('\uFEFF') ? 1 : 0) ?? 0; at < text.length; at = endOf(blank, text, at) ?? at) {
    const start = at;
    if (text[at] === '[') {
      const isArray = text[at + 1] === '[';
      const { keys, end } = keysAt(text, at + (isArray ? 2 : 1));
      const close = isArray ? ']]' : ']';
      if (!text.startsWith(close, end)) throw unfitAt(text, end, `is not TOML: ${close} is expected here`);
      at = end + close.length;
      if (isArray) {
        const above = [...placed(keys.slice(0, -1)), keys.at(-1) ?? ''];
        counts.set(JSON.stringify(above), (counts.get(JSON.stringify(above)) ?? 0) + 1);
      }
      table = placed(keys);
      statements.push({ kind: 'header', path: table, start, end: at });
    } else {
      const { keys, end } = keysAt(text, at);
      if (text[end] !== '=') throw unfitAt(text, end, 'is not TOML: = is expected here');
      const node = valueAt(text, endOf(inLine, text, end + 1) ?? end + 1);
      at = node.end;
      statements.push({ kind: 'pair', table, path: [...table, ...keys], start, end: at, node });
    }
    const next = endOf(restOfLine, text, at);
    if (next === undefined) throw unfitAt(text, at, 'is not TOML: a line goes on behind its end');
    at = next;
  }
  return statements;
}

/** The last item of an array of tables is the one that later headers mean. */
const withPlace = (path: (string | number)[], counts: ReadonlyMap<string, number>): (string | number)[] => {
  const count = counts.get(JSON.stringify(path));
  return count === undefined ? path : [...path, count - 1];
};
