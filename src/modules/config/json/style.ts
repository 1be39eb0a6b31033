import { indentAt, type Layout } from '../keyed/splice.ts';
import type { Value } from '../keyed/value.ts';
import type { Node } from './parse.ts';

const blank = /(?:[ \t\r\n]|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
const lineRest = /(?:[ \t]|\/\*(?:(?!\*\/)[^\n])*\*\/)*(?:\/\/[^\r\n]*)?(?=\r?\n)/y;

/** How a file is written, learnt from what is there. */
export function layoutOf(text: string, root: Node): Layout {
  const first = root.kind === 'scalar' ? undefined : root.entries[0];
  const unit = first && first.start > 0 ? indentAt(text, first.start) : '';
  const isFlat = first !== undefined && !text.trim().includes('\n');
  return { unit: unit === '' ? '  ' : unit, eol: text.includes('\r\n') ? '\r\n' : '\n', isFlat, gap: isFlat && !/[:,] /.test(text) ? '' : ' ', blank, lineRest };
}

/** A value as text; its later lines begin with `indent`. */
export function render(value: Value, indent: string, { unit, eol, isFlat, gap }: Layout): string {
  if (isFlat) return gap === '' ? JSON.stringify(value) : spaced(value);
  return JSON.stringify(value, null, unit).replaceAll('\n', `${eol}${indent}`);
}

/** On one line, with a space behind every colon and comma. */
function spaced(value: Value): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  return `{${Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${spaced(one)}`).join(', ')}}`;
}
