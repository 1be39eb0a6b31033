import { unfitAt } from '../keyed/unfit.ts';

/** Any of the four kinds of strings. @throws Unfit where it does not end, or holds an escape that TOML does not have. */
export function stringAt(text: string, start: number): { readonly value: string; readonly end: number } {
  const quote = text.charAt(start);
  const isLong = text.startsWith(quote.repeat(3), start);
  const close = isLong ? quote.repeat(3) : quote;
  let at = start + close.length;
  while (!text.startsWith(close, at)) {
    if (at >= text.length || (!isLong && text[at] === '\n')) throw unfitAt(text, start, 'is not TOML: a string does not end');
    at += quote === '"' && text[at] === '\\' ? 2 : 1;
  }
  // Up to two quotes may stand before the three that end it.
  while (isLong && text[at + 3] === quote) at++;
  const body = text.slice(start + close.length, at);
  const content = isLong ? body.replace(/^\r?\n/, '') : body;
  return { end: at + close.length, value: quote === "'" ? content : unescaped(content, text, start) };
}

const escapes = new Map([['b', '\b'], ['t', '\t'], ['n', '\n'], ['f', '\f'], ['r', '\r'], ['e', '\u001B'], ['"', '"'], ['\\', '\\']]);

function unescaped(content: string, text: string, start: number): string {
  return content.replaceAll(/\\(u[\da-fA-F]{4}|U[\da-fA-F]{8}|x[\da-fA-F]{2}|[ \t]*\r?\n\s*|[^])/g, (_, one: string) => {
    if (/^[uUx]./.test(one)) return String.fromCodePoint(Math.min(Number.parseInt(one.slice(1), 16), 0x10ffff));
    if (/^[ \t]*\r?\n/.test(one)) return '';
    const plain = escapes.get(one);
    if (plain === undefined) throw unfitAt(text, start, `is not TOML: a string holds \\${one}`);
    return plain;
  });
}
