/** What Python's ast.literal_eval may give, as far as inventories hold it. */
export type Literal = string | number | boolean | null | readonly Literal[] | { readonly [key: string]: Literal };

/**
 * The value of a text in an INI inventory, which is that of `ast.literal_eval` where it is a Python literal (numbers, quoted
 * text, True, False, None, lists, tuples, dicts), else the text itself. So `true` is text, and so is `01`. A comment after a
 * literal is no part of it, as in Python.
 */
export function pythonLiteral(text: string): Literal {
  const reader = { text, at: 0 };
  const value = readValue(reader);
  if (value === undefined) return text;
  skipSpace(reader);
  const rest = text.slice(reader.at);
  return rest === '' || rest.startsWith('#') ? value : text;
}

interface Reader {
  readonly text: string;
  at: number;
}

function readValue(reader: Reader): Literal | undefined {
  skipSpace(reader);
  const next = reader.text[reader.at];
  if (next === '"' || next === "'") return readText(reader);
  if (next === '[' || next === '(') return readList(reader, next === '[' ? ']' : ')');
  if (next === '{') return readDict(reader);
  const word = /^(True|False|None)\b/.exec(reader.text.slice(reader.at))?.[1];
  if (word !== undefined) {
    reader.at += word.length;
    return word === 'None' ? null : word === 'True';
  }
  return readNumber(reader);
}

function readNumber(reader: Reader): number | undefined {
  const [written] = /^[-+]?(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|(\d[\d_]*)?\.?\d[\d_]*(\.(?!\d))?([eE][-+]?\d+)?|\d+\.)/.exec(reader.text.slice(reader.at)) ?? [];
  if (written === undefined || /[\w.]/.test(reader.text[reader.at + written.length] ?? '')) return undefined;
  const bare = written.replace(/^[-+]/, '');
  // Python refuses 01, and 1__0.
  if (/^0\d*[1-9]/.test(bare) && !/[.eE]/.test(bare)) return undefined;
  if (/__|_$|_\./.test(bare)) return undefined;
  const number = Number(bare.replaceAll('_', ''));
  if (Number.isNaN(number) || (Number.isInteger(number) && !Number.isSafeInteger(number))) return undefined;
  reader.at += written.length;
  return written.startsWith('-') ? -number : number;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"', a: '\x07', b: '\b', f: '\f', v: '\v', '0': '\0', '\n': '' };

function readText(reader: Reader): string | undefined {
  const quote = reader.text[reader.at];
  let value = '';
  for (let at = reader.at + 1; at < reader.text.length; at++) {
    const char = reader.text[at] ?? '';
    if (char === quote) {
      reader.at = at + 1;
      return value;
    }
    if (char === '\n') return undefined;
    if (char !== '\\') {
      value += char;
      continue;
    }
    const code = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/.exec(reader.text.slice(at + 1));
    const hex = code?.[1] ?? code?.[2];
    const next = reader.text[at + 1] ?? '';
    value += hex === undefined ? (Object.hasOwn(escapes, next) ? escapes[next] : `\\${next}`) : String.fromCharCode(Number.parseInt(hex, 16));
    at += hex === undefined ? 1 : hex.length + 1;
  }
  return undefined;
}

function readList(reader: Reader, close: string): Literal | undefined {
  const items: Literal[] = [];
  reader.at++;
  for (let commas = 0; ; ) {
    skipSpace(reader);
    if (reader.text[reader.at] === close) {
      reader.at++;
      // (1) is a number in brackets, (1,) a tuple.
      return close === ')' && commas === 0 && items.length === 1 ? items[0] : items;
    }
    if (items.length > commas) return undefined;
    const item = readValue(reader);
    if (item === undefined) return undefined;
    items.push(item);
    skipSpace(reader);
    if (reader.text[reader.at] === ',') {
      reader.at++;
      commas++;
    }
  }
}

function readDict(reader: Reader): Literal | undefined {
  const entries: [string, Literal][] = [];
  reader.at++;
  for (let commas = 0; ; ) {
    skipSpace(reader);
    if (reader.text[reader.at] === '}') {
      reader.at++;
      return Object.fromEntries(entries);
    }
    if (entries.length > commas) return undefined;
    const key = readValue(reader);
    skipSpace(reader);
    if (key === undefined || typeof key === 'object' || reader.text[reader.at] !== ':') return undefined;
    reader.at++;
    const value = readValue(reader);
    if (value === undefined) return undefined;
    entries.push([String(key), value]);
    skipSpace(reader);
    if (reader.text[reader.at] === ',') {
      reader.at++;
      commas++;
    }
  }
}

function skipSpace(reader: Reader): void {
  while (/\s/.test(reader.text[reader.at] ?? '')) reader.at++;
}
