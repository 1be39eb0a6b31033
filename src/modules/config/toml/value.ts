import { unfitAt } from '../keyed/unfit.ts';
import { keysAt } from './keys.ts';
import { blank, endOf } from './scan.ts';
import { stringAt } from './string.ts';

/** A value, and where it stands. */
export type Node = Scalar | List | Inline;

export interface Scalar {
  readonly kind: 'scalar';
  readonly start: number;
  readonly end: number;
  /** Dates, times, inf and nan stay as they are written: nothing in an argument equals them. */
  readonly value: string | number | boolean | { readonly written: string };
}

export interface List {
  readonly kind: 'list';
  readonly start: number;
  readonly end: number;
  readonly entries: readonly { readonly keys: readonly [number]; readonly start: number; readonly node: Node }[];
}

/** `{ a = 1, b.c = 2 }` */
export interface Inline {
  readonly kind: 'inline';
  readonly start: number;
  readonly end: number;
  readonly entries: readonly { readonly keys: readonly string[]; readonly start: number; readonly node: Node }[];
}

const word = /[^\s,\]}#]+(?: \d\d:[^\s,\]}#]+)?/y;
const date = /^(\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[-+]\d\d:\d\d)?)?|\d\d:\d\d(:\d\d(\.\d+)?)?)$/;
const integer = /^([-+]?(0|[1-9](_?\d)*)|0x[\da-f](_?[\da-f])*|0o[0-7](_?[0-7])*|0b[01](_?[01])*)$/i;
const float = /^[-+]?(0|[1-9](_?\d)*)(\.\d(_?\d)*)?([eE][-+]?\d(_?\d)*)?$/;

/** @throws Unfit where no value of TOML stands at the offset. */
export function valueAt(text: string, start: number): Node {
  if (text[start] === '"' || text[start] === "'") return { kind: 'scalar', start, ...stringAt(text, start) };
  if (text[start] === '[') return listAt(text, start);
  if (text[start] === '{') return inlineAt(text, start);
  const end = endOf(word, text, start);
  const found = text.slice(start, end ?? start);
  if (found === 'true' || found === 'false') return { kind: 'scalar', start, end: start + found.length, value: found === 'true' };
  if (date.test(found) || /^[-+]?(inf|nan)$/.test(found)) return { kind: 'scalar', start, end: start + found.length, value: { written: found } };
  if (!integer.test(found) && !float.test(found)) throw unfitAt(text, start, 'is not TOML: a value is expected here');
  return { kind: 'scalar', start, end: start + found.length, value: Number(found.replaceAll('_', '').replace(/^\+/, '')) };
}

function listAt(text: string, start: number): List {
  const entries: { keys: [number]; start: number; node: Node }[] = [];
  const end = commaParted(text, start, ']', (at) => {
    const node = valueAt(text, at);
    entries.push({ keys: [entries.length], start: at, node });
    return node.end;
  });
  return { kind: 'list', start, end, entries };
}

function inlineAt(text: string, start: number): Inline {
  const entries: { keys: readonly string[]; start: number; node: Node }[] = [];
  const end = commaParted(text, start, '}', (at) => {
    const found = keysAt(text, at);
    if (text[found.end] !== '=') throw unfitAt(text, found.end, 'is not TOML: = is expected here');
    const node = valueAt(text, endOf(blank, text, found.end + 1) ?? found.end + 1);
    entries.push({ keys: found.keys, start: at, node });
    return node.end;
  });
  return { kind: 'inline', start, end, entries };
}

/** Reads entries up to the closing bracket; gives back where it ends. */
function commaParted(text: string, start: number, close: string, entry: (at: number) => number): number {
  let at = endOf(blank, text, start + 1) ?? start + 1;
  while (text[at] !== close) {
    at = entry(at);
    at = endOf(blank, text, at) ?? at;
    if (text[at] === close) break;
    if (text[at] !== ',') throw unfitAt(text, at, `is not TOML: a comma or ${close} is expected here`);
    at = endOf(blank, text, at + 1) ?? at + 1;
  }
  return at + 1;
}
