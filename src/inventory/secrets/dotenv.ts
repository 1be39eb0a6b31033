import { type Diagnostic, PlinthError } from '../../contract/index.ts';

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' };

/**
 * Reads `NAME=value` lines, strictly: what other readers of such files disagree about is an error here, never a guess.
 * Comments, `export`, 'literal' and "escaped" values over several lines; `$` stands for itself, nothing is expanded.
 * @throws PlinthError with every bad line; no message holds a value.
 */
export function parseDotenv(text: string, file: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const places = new Map<string, number>();
  const complaints: Diagnostic[] = [];
  const source = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  let at = 0;
  let line = 1;
  while (at < source.length) {
    const end = source.indexOf('\n', at) < 0 ? source.length : source.indexOf('\n', at);
    const row = source.slice(at, end);
    const complain = (col: number, summary: string, hint: string): void => void complaints.push({ cause: 'secret', summary, at: [{ file, line, col }], hint });
    let next = end + 1;
    if (row.trim() !== '' && !row.trimStart().startsWith('#')) {
      const head = /^(\s*(?:export\s+)?)([A-Za-z_][A-Za-z0-9_]*)=/.exec(row);
      if (!head) {
        complain(row.search(/\S/) + 1, 'not of the form NAME=value', 'names hold letters, digits and _; no space stands around the =');
      } else {
        const [whole, indent = '', name = ''] = head;
        const read = readValue(source, at + whole.length);
        const col = (read.failed !== undefined ? whole.length : indent.length) + 1;
        const earlier = places.get(name);
        if (read.failed !== undefined) complain(col, `${name}: ${read.failed}`, read.hint);
        else if (earlier !== undefined) complain(col, `${name} is set twice, first on line ${earlier}`, 'keep one of the two');
        else values.set(name, read.value);
        places.set(name, earlier ?? line);
        next = read.end;
      }
    }
    line += source.slice(at, next).split('\n').length - 1;
    at = next;
  }
  if (complaints.length > 0) throw new PlinthError(complaints);
  return values;
}

type Read = { readonly end: number } & ({ readonly failed?: undefined; readonly value: string } | { readonly failed: string; readonly hint: string });

/** Reads one value that starts at `from`; `end` is where the next line starts. */
function readValue(source: string, from: number): Read {
  const quote = source.charAt(from);
  if (quote !== '"' && quote !== "'") return readPlain(source, from);
  let value = '';
  for (let at = from + 1; at < source.length; at++) {
    const char = source.charAt(at);
    if (char === quote) return afterQuote(source, at + 1, value);
    if (char === '\\' && quote === '"') {
      const meant = escapes[source.charAt(++at)];
      if (meant === undefined) return { failed: `unknown escape \\${source.charAt(at).trim()}`, hint: `in double quotes these are known: \\n \\r \\t \\" \\\\ \\$; in single quotes nothing is special`, end: lineEnd(source, at) };
      value += meant;
    } else {
      value += char;
    }
  }
  return { failed: `the ${quote} is never closed`, hint: `close it, or quote the value with ${quote === '"' ? "'" : '"'} if it begins with ${quote}`, end: lineEnd(source, from) };
}

function readPlain(source: string, from: number): Read {
  const end = lineEnd(source, from);
  const value = source.slice(from, end).replace(/\s+#.*$/s, '').trimEnd();
  if (/^\s/.test(value)) return { failed: 'a space stands after the =', hint: 'take it away, or quote the value', end };
  if (/\s/.test(value)) return { failed: 'the value holds a space', hint: 'quote it: single quotes take everything as it is', end };
  if (/["'`]/.test(value)) return { failed: 'a quote stands within an unquoted value', hint: 'quote the whole value', end };
  return { value, end };
}

function afterQuote(source: string, from: number, value: string): Read {
  const end = lineEnd(source, from);
  if (/^\s*(#.*)?$/.test(source.slice(from, end).trimEnd())) return { value, end };
  return { failed: 'text stands after the closing quote', hint: 'quote the whole value once', end };
}

const lineEnd = (source: string, from: number): number => {
  const found = source.indexOf('\n', from);
  return found < 0 ? source.length : found + 1;
};
