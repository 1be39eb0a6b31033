import type { Edit } from '../keyed/edits.ts';
import { showKeyPath, startsWith } from '../keyed/keyPath.ts';
import { insert, type Layout, remove } from '../keyed/splice.ts';
import { placeOf, Unfit } from '../keyed/unfit.ts';
import { sameValue } from '../keyed/value.ts';
import type { Pair } from './parse.ts';
import { renderKeys, renderToml, type TomlValue } from './render.ts';
import { blank, wholeLines } from './scan.ts';
import type { Node } from './value.ts';

const layoutOf = (text: string): Layout => ({
  unit: '  ',
  eol: text.includes('\r\n') ? '\r\n' : '\n',
  isFlat: false,
  gap: ' ',
  blank,
  lineRest: /[ \t]*(?:#[^\r\n]*)?(?=\r?\n)/y,
});

/** Changes a key's value, or something inside of it. */
export function editNode(text: string, pair: Pair, { path, value }: Edit<TomlValue>): string {
  const layout = layoutOf(text);

  const edit = (node: Node, depth: number): string => {
    const rest = path.slice(depth);
    if (rest.length === 0) return value === undefined || isSame(node, value) ? text : text.slice(0, node.start) + renderToml(value) + text.slice(node.end);
    if (node.kind === 'list' && typeof rest[0] === 'number') return inList(node, rest[0], depth);
    if (node.kind === 'inline' && typeof rest[0] === 'string') return inInline(node, rest, depth);
    if (value === undefined) return text;
    const names = { list: 'a list', inline: 'a table', scalar: 'a single value' };
    throw new Unfit(`${showKeyPath(path.slice(0, depth))} is ${names[node.kind]}, so there is no ${showKeyPath(path)}`, placeOf(text, node.start), 'Set or remove that key itself.');
  };

  const inList = (node: Node & { readonly kind: 'list' }, place: number, depth: number): string => {
    const entry = node.entries[place];
    if (entry) return edit(entry.node, depth + 1);
    if (value === undefined) return text;
    if (place > node.entries.length || depth + 1 < path.length) throw new Unfit(`${showKeyPath(path)} is beyond the end of its list`, `it has ${node.entries.length} items`, 'A list grows by one at a time: name the place behind its last item, or set the whole list.');
    return insert(text, node, () => renderToml(value), { ...layout, isFlat: node.entries.length === 0 });
  };

  const inInline = (node: Node & { readonly kind: 'inline' }, rest: readonly (string | number)[], depth: number): string => {
    const entry = node.entries.findLast(({ keys }) => startsWith(rest, keys));
    if (entry && (value !== undefined || entry.keys.length < rest.length)) return edit(entry.node, depth + entry.keys.length);
    if (value === undefined) {
      const gone = node.entries.findLast(({ keys }) => startsWith(keys, rest));
      return gone ? remove(text, node, gone, layout) : text;
    }
    if (node.entries.some(({ keys }) => startsWith(keys, rest))) throw new Unfit(`${showKeyPath(path)} is a table`, placeOf(text, node.start), 'Set its keys one by one.');
    const keys = rest.filter((key) => typeof key === 'string');
    if (keys.length < rest.length) throw new Unfit(`${showKeyPath(path)} is beyond the end of its list`, 'there is no such list yet', 'Set the whole list.');
    return insert(text, node, () => `${renderKeys(keys)} = ${renderToml(value)}`, { ...layout, isFlat: node.entries.length === 0 });
  };

  if (value !== undefined || pair.path.length < path.length) return edit(pair.node, pair.path.length);
  const [from, to] = wholeLines(text, pair);
  return text.slice(0, from) + text.slice(to);
}

function isSame(node: Node, value: TomlValue): boolean {
  if (node.kind === 'scalar') return sameValue(node.value, value);
  return node.kind === 'list' && typeof value === 'object' && node.entries.length === value.length && value.every((one, at) => node.entries[at] !== undefined && isSame(node.entries[at].node, one));
}
