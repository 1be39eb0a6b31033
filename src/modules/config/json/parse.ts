import { unfitAt } from '../keyed/unfit.ts';
import type { Value } from '../keyed/value.ts';

/** A part of a JSON text, and where it stands: from `start` up to `end`. */
export type Node = Scalar | Container;

interface Scalar {
  readonly kind: 'scalar';
  readonly start: number;
  readonly end: number;
  readonly value: string | number | boolean | null;
}

export interface Container {
  readonly kind: 'object' | 'array';
  readonly start: number;
  readonly end: number;
  readonly entries: readonly Entry[];
}

/** A member of an object, or an item of an array (whose key is its place). */
export interface Entry {
  readonly key: string | number;
  /** Of the key, where there is one. */
  readonly start: number;
  readonly node: Node;
}

const literals = new Map<string, boolean | null>([['true', true], ['false', false], ['null', null]]);

/**
 * Reads a JSON text into places.
 * @param comments Also takes // and block comments, and commas before a closing bracket.
 * @throws Unfit where it is no JSON.
 */
export function parseJson(text: string, comments: boolean): Node {
  let at = text.startsWith('\uFEFF') ? 1 : 0;

  const skip = (): void => {
    for (;;) {
      while (' \t\n\r'.includes(text[at] ?? 'x')) at++;
      if (text[at] !== '/') return;
      if (!comments) throw unfitAt(text, at, 'holds a comment, and JSON has none', 'Say comments: true where the program that reads it takes them.');
      const end = text[at + 1] === '/' ? text.indexOf('\n', at) : text.indexOf('*/', at + 2);
      if (text[at + 1] === '/') at = end < 0 ? text.length : end;
      else if (text[at + 1] === '*' && end >= 0) at = end + 2;
      else throw unfitAt(text, at, 'is not JSON');
    }
  };

  const string = (): string => {
    const start = at;
    for (at++; text[at] !== '"'; at++) {
      if (at >= text.length || text[at] === '\n') throw unfitAt(text, start, 'is not JSON: a string does not end');
      if (text[at] === '\\') at++;
    }
    at++;
    try {
      return String(JSON.parse(text.slice(start, at)));
    } catch {
      throw unfitAt(text, start, 'is not JSON: a string is malformed');
    }
  };

  const scalar = (): Scalar => {
    const start = at;
    if (text[at] === '"') return { kind: 'scalar', value: string(), start, end: at };
    const word = /[-+.\w]*/y;
    word.lastIndex = at;
    const found = word.exec(text)?.[0] ?? '';
    const literal = literals.get(found);
    if (literal === undefined && !/^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(found)) throw unfitAt(text, start, 'is not JSON');
    at += found.length;
    return { kind: 'scalar', value: literal === undefined ? Number(found) : literal, start, end: at };
  };

  const container = (kind: Container['kind']): Container => {
    const start = at++;
    const close = kind === 'object' ? '}' : ']';
    const entries: Entry[] = [];
    skip();
    while (text[at] !== close) {
      const begin = at;
      let key: string | number = entries.length;
      if (kind === 'object') {
        if (text[at] !== '"') throw unfitAt(text, at, 'is not JSON: a key is expected here');
        key = string();
        skip();
        if (text[at++] !== ':') throw unfitAt(text, at - 1, 'is not JSON: a colon is expected here');
        skip();
      }
      entries.push({ key, start: begin, node: value() });
      skip();
      if (text[at] === close) break;
      if (text[at] !== ',') throw unfitAt(text, at, `is not JSON: a comma or ${close} is expected here`);
      const comma = at++;
      skip();
      if (text[at] === close && !comments) throw unfitAt(text, comma, `is not JSON: a comma before ${close}`);
    }
    at++;
    return { kind, start, end: at, entries };
  };

  const value = (): Node => {
    if (text[at] === '{') return container('object');
    if (text[at] === '[') return container('array');
    return scalar();
  };

  skip();
  const root = value();
  skip();
  if (at < text.length) throw unfitAt(text, at, 'is not JSON: something stands behind its end');
  return root;
}

/** What a part of the text says. Of two members with one key the last counts, as for every reader. */
export function valueOf(node: Node): Value {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'array') return node.entries.map((entry) => valueOf(entry.node));
  return Object.fromEntries(node.entries.map((entry) => [entry.key, valueOf(entry.node)]));
}
