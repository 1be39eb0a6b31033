import type { Edit } from '../keyed/edits.ts';
import { showKeyPath } from '../keyed/keyPath.ts';
import { indentAt, insert, remove } from '../keyed/splice.ts';
import { placeOf, Unfit } from '../keyed/unfit.ts';
import { nested, sameValue, type Value } from '../keyed/value.ts';
import { type Container, type Entry, type Node, parseJson, valueOf } from './parse.ts';
import { layoutOf, render } from './style.ts';

/**
 * A JSON text with keys set or taken away, everything else as it was, byte for byte.
 * @throws Unfit where the text is no JSON, or a path leads through something that is neither map nor list.
 */
export function editJson(text: string, edits: readonly Edit[], comments: boolean): string {
  const isEmpty = text.trim() === '';
  if (isEmpty && edits.every(({ value }) => value === undefined)) return text;
  return edits.reduce((edited, edit) => editOne(edited, edit, comments), isEmpty ? '{}\n' : text);
}

function editOne(text: string, { path, value }: Edit, comments: boolean): string {
  const root = parseJson(text, comments);
  const layout = layoutOf(text, root);
  const set = (node: Node, depth: number): string => {
    const key = path[depth];
    if (key === undefined) return replaced(node, value ?? null);
    if (node.kind === 'scalar' && node.value === null && depth > 0) return value === undefined ? text : replaced(node, begun(depth));
    const container = containerFor(key, node, depth);
    if (!container) return text;
    const entry = container.entries.findLast((one) => one.key === key);
    if (entry && (value !== undefined || depth < path.length - 1)) return set(entry.node, depth + 1);
    if (value === undefined) return removeAll(container, key);
    if (typeof key === 'number' && key !== container.entries.length) throw new Unfit(`${showKeyPath(path)} is beyond the end of its list`, `it has ${container.entries.length} items`, 'A list grows by one at a time: name the place behind its last item.');
    const label = typeof key === 'string' ? `${JSON.stringify(key)}:${layout.gap}` : '';
    const made = begun(depth + 1);
    return insert(text, container, (indent, isInline) => label + render(made, indent, isInline ? { ...layout, isFlat: true } : layout), layout);
  };

  const replaced = (node: Node, wanted: Value): string => (sameValue(valueOf(node), wanted) ? text : text.slice(0, node.start) + render(wanted, indentAt(text, node.start), layout) + text.slice(node.end));

  const begun = (depth: number): Value => {
    const inner = nested(path.slice(depth), value ?? null);
    if (inner === undefined) throw new Unfit(`${showKeyPath(path)} is beyond the end of its list`, 'there is no such list yet', 'A new list begins at [0]; or set the whole list.');
    return inner;
  };

  const containerFor = (key: string | number, node: Node, depth: number): Container | undefined => {
    const wanted = typeof key === 'number' ? 'array' : 'object';
    if (node.kind === wanted) return node;
    if (value === undefined) return undefined;
    const names = { array: 'a list', object: 'a map', scalar: 'a single value' };
    throw new Unfit(`${showKeyPath(path.slice(0, depth)) || 'the whole file'} is ${names[node.kind]}, not ${names[wanted]}`, placeOf(text, node.start), 'Set or remove that key itself.');
  };

  // A key that stands there twice is taken away twice.
  const removeAll = (container: Container, key: string | number): string => {
    const entry: Entry | undefined = container.entries.findLast((one) => one.key === key);
    return entry ? editOne(remove(text, container, entry, layout), { key: '', path, value: undefined }, comments) : text;
  };

  return set(root, 0);
}
