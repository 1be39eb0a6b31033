import { type Document, isMap, isScalar, isSeq, type ParsedNode, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Edit } from '../keyed/edits.ts';
import { insert, type Layout, remove } from '../keyed/splice.ts';
import { nested, type Value } from '../keyed/value.ts';
import { columnOf, contentEnd, indented, lineEnd, lineStart } from './lines.ts';
import { keyOf } from './ownValue.ts';
import { type Habit, render, renderFlow } from './render.ts';

type MapNode = YAMLMap.Parsed;
type SeqNode = YAMLSeq.Parsed;
type Pair = MapNode['items'][number];

/** The edited text, or undefined where spans alone do not do. The caller holds the result against what it should say. */
export function spliceYaml(text: string, document: Document.Parsed, { path, value }: Edit, habit: Habit): string | undefined {
  const set = (node: ParsedNode | null, depth: number, replace: (value: Value) => string | undefined): string | undefined => {
    const key = path[depth];
    const made = value === undefined ? undefined : nested(path.slice(depth), value);
    if (key === undefined || node === null || (isScalar(node) && node.value === null)) return made === undefined ? undefined : replace(made);
    if (isMap(node) && typeof key === 'string') return inMap(node, key, depth, replace);
    if (isSeq(node) && typeof key === 'number') return inSeq(node, key, depth, replace);
    return undefined;
  };

  const inMap = (node: MapNode, key: string, depth: number, replace: (value: Value) => string | undefined): string | undefined => {
    const pair = node.items.find((one) => keyOf(one.key) === key);
    const isLast = depth === path.length - 1;
    if (pair && (value !== undefined || !isLast)) return set(pair.value, depth + 1, (wanted) => replacePair(text, node, pair, wanted, habit));
    if (value === undefined) return pair && (node.items.length > 1 ? removePair(text, node, pair) : replace({}));
    const made = nested(path.slice(depth + 1), value);
    if (made === undefined) return undefined;
    if (node.items.length === 0) return replace(Object.fromEntries([[key, made]]));
    return node.flow ? insert(text, flowSpan(node), () => `${renderFlow(key)}: ${renderFlow(made)}`, flowLayout) : insertLines(text, node.items.at(-1), columnOf(text, startOf(node.items[0])), render(Object.fromEntries([[key, made]]), habit));
  };

  const inSeq = (node: SeqNode, place: number, depth: number, replace: (value: Value) => string | undefined): string | undefined => {
    const item = node.items[place];
    if (item) return set(item, depth + 1, (wanted) => replaceItem(text, node, item, wanted, habit));
    const made = value === undefined ? undefined : nested(path.slice(depth + 1), value);
    if (made === undefined) return undefined;
    if (node.items.length === 0) return replace([made]);
    if (node.flow) return insert(text, flowSpan(node), () => renderFlow(made), flowLayout);
    const [first] = node.items;
    return first && insertLines(text, node.items.at(-1), columnOf(text, text.lastIndexOf('-', first.range[0] - 1)), render([made], habit));
  };

  return set(document.contents, 0, (wanted) => {
    const { contents } = document;
    return contents ? text.slice(0, contents.range[0]) + render(wanted, habit) + text.slice(contentEnd(contents)) : undefined;
  });
}

const flowLayout: Layout = { unit: '  ', eol: '\n', isFlat: false, gap: ' ', blank: /(?:[ \t\r\n]|#[^\n]*)*/y, lineRest: /[ \t]*(?:#[^\r\n]*)?(?=\r?\n)/y };

const startOf = (pair: Pair | undefined): number => pair?.key?.range[0] ?? -1;

function flowSpan(node: MapNode | SeqNode) {
  const entries = isMap(node) ? node.items.map((pair) => ({ start: startOf(pair), node: { end: contentEnd(pair) } })) : node.items.map((item) => ({ start: item.range[0], node: { end: contentEnd(item) } }));
  return { start: node.range[0], end: node.range[1], entries };
}

/** New lines behind an entry, at a column. */
function insertLines(text: string, last: Pair | ParsedNode | undefined, column: number, lines: string): string | undefined {
  if (!last || column < 0) return undefined;
  const end = lineEnd(text, contentEnd(last));
  const before = text.slice(0, end);
  return `${before}${before.endsWith('\n') ? '' : '\n'}${' '.repeat(column)}${indented(lines, column)}\n${text.slice(end)}`;
}

function removePair(text: string, node: MapNode, pair: Pair): string | undefined {
  const at = node.items.indexOf(pair);
  if (node.flow) {
    const span = flowSpan(node);
    const entry = span.entries[at];
    return entry && remove(text, span, entry, flowLayout);
  }
  const start = startOf(pair);
  const from = lineStart(text, start);
  if (text.slice(from, start).trim() === '') return text.slice(0, from) + text.slice(lineEnd(text, contentEnd(pair)));
  // The first key behind the dash of a list: the next one takes its place.
  const next = startOf(node.items[at + 1]);
  return next < 0 ? undefined : text.slice(0, start) + text.slice(next);
}

function replacePair(text: string, node: MapNode, pair: Pair, wanted: Value, habit: Habit): string | undefined {
  const { key, value } = pair;
  if (!key) return undefined;
  const isThere = value !== null && !(isScalar(value) && value.value === null && value.range[0] === value.range[1]);
  if (node.flow) return isThere ? replaceSpan(text, value, renderFlow(wanted)) : undefined;
  const plain = render(wanted, habit, isThere && isScalar(value) ? (value.type ?? undefined) : undefined);
  const isOneLine = !plain.includes('\n') && (typeof wanted !== 'object' || wanted === null || Object.keys(wanted).length === 0);
  if (isThere && isOneLine && isInline(value)) return replaceSpan(text, value, plain);
  if (isThere && (value.tag?.startsWith('!') || ('anchor' in value && value.anchor))) return undefined;

  const colon = text.indexOf(':', key.range[1]) + 1;
  const lines = render(Object.fromEntries([['k', wanted]]), habit).slice('k:'.length).split('\n');
  const isBelow = !isThere || lineEnd(text, colon) <= value.range[0] || !isInline(value);
  const [comment = ''] = /(?<=^|[ \t])#[^\n]*/.exec(text.slice(isBelow ? colon : value.range[1], lineEnd(text, isBelow ? colon : value.range[1]))) ?? [];
  const end = isThere ? contentEnd(value) : colon;
  const after = text[end - 1] === '\n' ? end : lineEnd(text, end);
  const [head = '', ...rest] = lines;
  const body = [`${head}${comment === '' ? '' : ` ${comment}`}`, ...rest].join('\n');
  return `${text.slice(0, colon)}${indented(body, columnOf(text, key.range[0]))}\n${text.slice(after)}`;
}

function replaceItem(text: string, node: SeqNode, item: ParsedNode, wanted: Value, habit: Habit): string | undefined {
  if (item.range[0] === item.range[1]) return undefined;
  if (node.flow) return replaceSpan(text, item, renderFlow(wanted));
  const plain = render(wanted, habit, isScalar(item) ? (item.type ?? undefined) : undefined);
  if (!plain.includes('\n') && isInline(item)) return replaceSpan(text, item, plain);
  const end = contentEnd(item);
  const dash = text.lastIndexOf('-', item.range[0] - 1);
  return `${text.slice(0, dash)}${indented(render([wanted], habit), columnOf(text, dash))}\n${text.slice(text[end - 1] === '\n' ? end : lineEnd(text, end))}`;
}

/** Something on the lines of its key: a single value that is no block, or what stands in brackets. */
const isInline = (node: ParsedNode): boolean => (isScalar(node) ? !node.type?.startsWith('BLOCK') : 'flow' in node && node.flow === true);

const replaceSpan = (text: string, { range: [start, end] }: ParsedNode, by: string): string => text.slice(0, start) + by + text.slice(end);
