import { unfitAt } from '../keyed/unfit.ts';
import { endOf, inLine } from './scan.ts';
import { stringAt } from './string.ts';

const bareKey = /[A-Za-z0-9_-]+/y;

/** A dotted key, and where it ends, blanks behind it included. */
export function keysAt(text: string, offset: number): { readonly keys: readonly string[]; readonly end: number } {
  const keys: string[] = [];
  let at = endOf(inLine, text, offset) ?? offset;
  for (;;) {
    if (text[at] === '"' || text[at] === "'") {
      const { value, end } = stringAt(text, at);
      if (text.slice(at, end).includes('\n')) throw unfitAt(text, at, 'is not TOML: a key is expected here');
      keys.push(value);
      at = end;
    } else {
      const end = endOf(bareKey, text, at);
      if (end === undefined) throw unfitAt(text, at, 'is not TOML: a key is expected here');
      keys.push(text.slice(at, end));
      at = end;
    }
    at = endOf(inLine, text, at) ?? at;
    if (text[at] !== '.') return { keys, end: at };
    at = endOf(inLine, text, at + 1) ?? at;
  }
}
