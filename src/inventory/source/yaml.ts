import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml';
import { type Diagnostic, PlinthError, type Secret } from '../../contract/index.ts';
import { nearest } from '../../contract/nearest.ts';
import { syntaxDiagnostic } from './syntax.ts';
import type { Entry, Place, Table, Tree } from './tree.ts';

/** Makes the value of `!secret TEXT`. Throws a PlinthError when the text means nothing. */
export type SecretOf = (text: string, at: Place) => Secret<string>;

/** How scalars are read in files that are not Plinth's own: Ansible's are YAML 1.1, with tags of its own. */
export interface Dialect {
  /** The value of a scalar, by its text, whether it stands without quotes, and its tag, if any. */
  scalar(text: string, plain: boolean, tag: string | undefined): unknown;
}

/** Aliases can multiply: ten lines of YAML can stand for billions of values. No real inventory comes near this. */
const mostNodes = 200_000;

/**
 * Reads YAML 1.2 with anchors, aliases and merge keys. A value that comes through an alias is placed where it is written.
 * @throws PlinthError naming every complaint, or the first one where the text is not YAML at all.
 */
export function parseYaml(text: string, file: string, secretOf: SecretOf, dialect?: Dialect): { readonly tree: Tree; readonly warnings: readonly Diagnostic[] } {
  const lines = new LineCounter();
  const doc = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: 'error',
    ...(dialect ? { schema: 'failsafe' as const } : {}),
    customTags: [{ tag: '!secret', resolve: (value: string) => value }],
  });
  const place = (offset: number, path: string): Place => ({ file, ...lines.linePos(offset), path });
  const [broken] = doc.errors;
  if (broken) throw new PlinthError(syntaxDiagnostic(broken, place(broken.pos[0], ''), text));

  const complaints: Diagnostic[] = [];
  const warnings: Diagnostic[] = [];
  const complain = (at: readonly Place[], what: string, hint?: string): void => {
    const path = at[0]?.path;
    complaints.push({ cause: 'inventory', summary: path ? `${path}: ${what}` : what, at, ...(hint === undefined ? {} : { hint }) });
  };
  const open = new Set<Node>();
  let count = 0;

  function convert(node: unknown, path: string, fallback: Place): Tree {
    const at = isNode(node) && node.range ? place(node.range[0], path) : fallback;
    const nothing: Tree = { kind: 'leaf', at, value: null };
    if (!isNode(node)) return nothing;
    if (++count > mostNodes) {
      if (count === mostNodes + 1) complain([at], `more than ${mostNodes} values once its aliases are followed`, 'aliases of aliases multiply: write the values out, or use groups');
      return nothing;
    }
    if (isAlias(node)) return throughAlias(node.source, node.resolve(doc), path, at);
    if (isScalar(node)) return scalar(node, at);
    if (node.tag && !node.tag.startsWith('tag:yaml.org,2002:')) complain([at], `the tag ${node.tag} cannot stand before a list or a map`, secretHint);
    open.add(node);
    const tree: Tree = isSeq(node) ? { kind: 'list', at, items: node.items.map((item, index) => convert(item, `${path}[${index}]`, at)) } : isMap(node) ? table(node, path, at) : nothing;
    open.delete(node);
    return tree;
  }

  function throughAlias(name: string, target: Node | undefined, path: string, at: Place): Tree {
    const nothing: Tree = { kind: 'leaf', at, value: null };
    if (!target) {
      const known = [...anchorsOf(text)];
      complain([at], `*${name} names no anchor above it`, suggestion(nearest(name, known)) ?? 'an anchor is set by & before a value, earlier in the same file');
      return nothing;
    }
    if (open.has(target)) {
      complain([at], `*${name} holds itself`, 'take the alias out of the value that its anchor marks');
      return nothing;
    }
    return convert(target, path, at);
  }

  function scalar(node: Scalar, at: Place): Tree {
    const written = node.source;
    if (dialect) return { kind: 'leaf', at, value: dialect.scalar(typeof node.value === 'string' ? node.value : (written ?? ''), node.type === 'PLAIN', node.tag), ...(written === undefined ? {} : { text: written }) };
    if (node.tag === '!secret') return { kind: 'leaf', at, value: secretFrom(written ?? '', at) };
    if (node.tag && !node.tag.startsWith('tag:yaml.org,2002:')) complain([place(text.lastIndexOf(node.tag, node.range?.[0]), at.path)], `unknown tag ${node.tag}`, node.tag === '!vault' ? `Ansible's vault cannot be opened here; ${secretHint}` : secretHint);
    if (typeof node.value === 'number' && written !== undefined) {
      if (/^[-+]?\d+$/.test(written) && !Number.isSafeInteger(node.value)) complain([at], `${written} is too long for a number and would lose digits`, `quote it to keep it as text: "${written}"`);
      else if (/^[-+]?0\d+$/.test(written)) warnings.push({ cause: 'inventory', summary: `${at.path}: ${written} is the decimal number ${node.value} in YAML 1.2`, at: [at], hint: `quote it to keep it as text ("${written}"), or write 0o${written.replace(/^0+/, '')} for an octal number` });
    }
    return { kind: 'leaf', at, value: node.value, ...(written === undefined ? {} : { text: written }) };
  }

  function secretFrom(reference: string, at: Place): unknown {
    try {
      return secretOf(reference, at);
    } catch (error) {
      if (!(error instanceof PlinthError)) throw error;
      complaints.push(...error.diagnostics);
      return null;
    }
  }

  function table(node: YAMLMap, path: string, at: Place): Table {
    const own = new Map<string, Entry>();
    const merged = new Map<string, Entry>();
    for (const pair of node.items) {
      const keyAt = isNode(pair.key) && pair.key.range ? place(pair.key.range[0], path) : at;
      if (isMergeKey(pair)) {
        for (const [key, entry] of mergedEntries(pair.value, path, keyAt)) if (!merged.has(key)) merged.set(key, entry);
        continue;
      }
      const key = keyText(pair.key);
      if (key === undefined) {
        complain([keyAt], 'a key must be plain text', 'quote a key that begins with [ or {, as in "[1:3]"');
        continue;
      }
      const keyPath = path === '' ? key : `${path}.${key}`;
      const before = own.get(key);
      const twice = [{ ...keyAt, path: keyPath }, ...(before ? [before.keyAt] : [])];
      if (before && dialect) warnings.push({ cause: 'inventory', summary: `${keyPath}: set twice in the same map`, at: twice, hint: 'the last one counts, as with Ansible; keep one of the two' });
      else if (before) complain(twice, 'set twice in the same map', 'keep one of the two');
      own.set(key, { keyAt: { ...keyAt, path: keyPath }, value: convert(pair.value, keyPath, { ...keyAt, path: keyPath }) });
    }
    for (const [key, entry] of merged) if (!own.has(key)) own.set(key, entry);
    return { kind: 'table', at, entries: own };
  }

  /** `<<: *one` or `<<: [*one, *two]`; of several, the earlier wins. */
  function mergedEntries(value: unknown, path: string, at: Place): readonly (readonly [string, Entry])[] {
    const tree = convert(value, path, at);
    const sources = tree.kind === 'list' ? tree.items : [tree];
    if (sources.some((source) => source.kind !== 'table')) complain([at], '<< wants a map, or a list of maps', 'as in `<<: *name`, where &name marks a map');
    return sources.flatMap((source) => (source.kind === 'table' ? [...source.entries] : []));
  }

  const tree = convert(doc.contents, '', place(0, ''));
  if (complaints.length > 0) throw new PlinthError(complaints);
  return { tree, warnings };
}

const secretHint = 'the one tag is !secret, before a text such as age:NAME, env:NAME or file:PATH';
const suggestion = (name: string | undefined): string | undefined => (name === undefined ? undefined : `did you mean "${name}"?`);
const isMergeKey = (pair: Pair): boolean => isScalar(pair.key) && pair.key.value === '<<' && pair.key.type === 'PLAIN';
const anchorsOf = (text: string): Iterable<string> => new Set(Array.from(text.matchAll(/(?:^|\s)&([^\s,[\]{}]+)/g), (match) => match[1] ?? ''));

/** Keys are text, however they look: `1:` and `true:` too. */
function keyText(key: unknown): string | undefined {
  if (!isScalar(key) || key.value === null || key.value === '') return undefined;
  return typeof key.value === 'string' ? key.value : key.source;
}
