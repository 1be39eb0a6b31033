import { isAlias, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { type Diagnostic, PlinthError } from '../../../contract/index.ts';

/**
 * The secrets in an opened file: a map of names to texts, maps within it by dotted names. Every scalar is text as it stands (`0123`,
 * `yes`), a block loses its last newline; what YAML would change or cut in silence has to be quoted.
 * @throws PlinthError with every complaint; none repeats a value.
 */
export function parseNames(text: string, file: string): ReadonlyMap<string, string> {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'error', schema: 'failsafe' });
  const complaints: Diagnostic[] = [];
  const complain = (offset: number, summary: string, hint: string): void => void complaints.push({ cause: 'secret', summary, at: [{ file, ...lines.linePos(offset) }], hint });
  const [broken] = doc.errors;
  if (broken) {
    const [what, hint] = meanings[broken.code] ?? ['this is not YAML', 'an unclosed quote or bracket further up is the usual reason'];
    complain(broken.pos[0], what, hint);
    throw new PlinthError(complaints);
  }
  const values = new Map<string, string>();
  const places = new Map<string, number>();

  const value = (node: Node | null, name: string, keyAt: number): void => {
    const at = node?.range?.[0] ?? keyAt;
    if (isMap(node)) return map(node.items, `${name}.`, at);
    if (isAlias(node)) return complain(at, `${name}: an unquoted value cannot begin with *`, quoteIt);
    if (!isScalar(node)) return complain(at, `${name}: a list is no secret`, 'give each its own name');
    if (node.tag !== undefined) return complain(at, `${name}: an unquoted value cannot begin with !`, quoteIt);
    if (node.anchor !== undefined) return complain(at, `${name}: an unquoted value cannot begin with &`, quoteIt);
    if (node.comment !== undefined && node.comment !== null && node.type !== 'BLOCK_LITERAL' && node.type !== 'BLOCK_FOLDED') return complain(at, `${name}: a # after a space begins a comment`, 'quote the value if it goes on there, or put the comment on a line of its own');
    values.set(name, String(node.value).replace(/\n$/, ''));
  };
  const map = (items: readonly { readonly key: unknown; readonly value: unknown }[], prefix: string, from: number): void => {
    for (const pair of items) {
      const at = isScalar(pair.key) ? (pair.key.range?.[0] ?? from) : from;
      if (!isScalar(pair.key) || String(pair.key.value) === '') {
        complain(at, 'a name must be plain text', 'write NAME: value');
        continue;
      }
      const name = `${prefix}${String(pair.key.value)}`;
      const earlier = places.get(name);
      if (earlier !== undefined) complain(at, `${name} is set twice, first on line ${lines.linePos(earlier).line}`, 'keep one of the two');
      places.set(name, at);
      if (!/^[A-Za-z0-9_][\w.-]*$/.test(name)) complain(at, 'a name holds letters, digits, _, - and . only', 'as in dbPassword or registry.token');
      else value(isNode(pair.value) ? pair.value : null, name, at);
    }
  };

  const root = doc.contents;
  if (isMap(root)) map(root.items, '', 0);
  else if (root !== null && !(isScalar(root) && String(root.value).trim() === '')) complain(root.range?.[0] ?? 0, 'expected a map of names to secrets', 'one a line: NAME: value');
  if (complaints.length > 0) throw new PlinthError(complaints);
  return values;
}

const quoteIt = "quote the value: '...' takes everything as it is (a ' in it is written '')";

/** The parser's codes, in words that repeat nothing of the text. */
const meanings: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  TAB_AS_INDENT: ['a tab stands where YAML wants spaces', 'indent with spaces'],
  BAD_INDENT: ['the indentation does not fit the lines above', 'names of one map begin in the same column'],
  MULTIPLE_DOCS: ['there is a second document after `---`', 'keep one'],
  BLOCK_AS_IMPLICIT_KEY: ['a second `: ` stands on the same line', quoteIt],
  MULTILINE_IMPLICIT_KEY: ['a name goes over several lines', 'is a colon missing, or the indentation wrong on the line above?'],
  MISSING_CHAR: ['a quote or bracket is never closed', 'look further up for the one that opens it'],
  BAD_SCALAR_START: ['a plain value cannot begin with this character', quoteIt],
  UNEXPECTED_TOKEN: ['something stands after the end of a value', quoteIt],
};

const isNode = (value: unknown): value is Node => isAlias(value) || isScalar(value) || isMap(value) || (typeof value === 'object' && value !== null && 'items' in value);
