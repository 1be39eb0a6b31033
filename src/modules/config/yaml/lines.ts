import { isMap, isPair, isSeq, type Pair, type ParsedNode } from 'yaml';

/** Behind the last character that belongs to a value; comments and blank lines after it do not. */
export function contentEnd(node: ParsedNode | Pair<ParsedNode, ParsedNode | null> | null): number {
  if (node === null) return -1;
  if (isPair(node)) return Math.max(contentEnd(node.value), node.key.range[1]);
  const last = isMap(node) || isSeq(node) ? node.items.at(-1) : undefined;
  if (!last || ('flow' in node && node.flow)) return node.range[1];
  return contentEnd(last);
}

export const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** Behind the newline of the line that ends at or after an offset; the offset itself where it begins a line. */
export function lineEnd(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return offset;
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

export const columnOf = (text: string, offset: number): number => (offset < 0 ? -1 : offset - lineStart(text, offset));

/** All lines but the first moved to the right; empty ones stay empty. */
export const indented = (lines: string, column: number): string => lines.replaceAll(/\n(?=[^\n])/g, `\n${' '.repeat(column)}`);
