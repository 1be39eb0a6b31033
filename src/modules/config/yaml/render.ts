import { Document, isScalar, parse, type Scalar, visit } from 'yaml';
import { isList, type Value } from '../keyed/value.ts';

/** How a file is written, learnt from what is there. */
export interface Habit {
  /** Spaces of one step. */
  readonly indent: number;
  /** Items of a list stand deeper than its key. */
  readonly indentSeq: boolean;
}

export function habitOf(text: string): Habit {
  const step = /^( *)[^\s#][^\n]*:[ \t]*(?:#[^\n]*)?\n(?:[ \t]*(?:#[^\n]*)?\n)*\1( +)[^\s#-]/m.exec(text)?.[2]?.length;
  return { indent: step ?? 2, indentSeq: !/^( *)(?:- )*[^\s#-][^\n]*:[ \t]*(?:#[^\n]*)?\n\1- /m.test(text) };
}

/** As block text without a newline at its end. Strings that an older reader (YAML 1.1) would take for something else are quoted. */
export function render(value: Value, { indent, indentSeq }: Habit, type?: Scalar.Type): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value !== 'string') return;
      if (isAmbiguous(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });
  const { contents } = document;
  if (isScalar(contents) && typeof value === 'string' && (type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE') && !value.includes('\n')) contents.type = type;
  return document.toString({ indent, indentSeq, lineWidth: 0 }).replace(/\n$/, '');
}

/** On one line, for `{...}` and `[...]`. */
export function renderFlow(value: Value): string {
  if (typeof value === 'string') return /^[A-Za-z_/][\w./-]*$/.test(value) && !isAmbiguous(value) ? value : JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(renderFlow).join(', ')}]`;
  return `{ ${Object.entries(value).map(([key, one]) => `${renderFlow(key)}: ${renderFlow(one)}`).join(', ')} }`.replace('{  }', '{}');
}

const isAmbiguous = (text: string): boolean => {
  if (!/^[\w.+~<=-][\w.:+-]*$/.test(text)) return false;
  return parse(text, { version: '1.1', logLevel: 'silent' }) !== text;
};
