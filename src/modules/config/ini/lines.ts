import { unfitAt } from '../keyed/unfit.ts';

/** One line of an INI file, with the lines that continue it. */
export interface Line {
  readonly kind: 'section' | 'key' | 'other';
  /** As it stands, newlines included. */
  readonly text: string;
  /** The section it stands in; empty before the first. A section's own line belongs to it. */
  readonly section: string;
  readonly key?: string;
  /** undefined where the key stands alone, without `=`. Lines of a continued value are joined by newlines. */
  readonly value?: string | undefined;
  /** The line up to its value. */
  readonly head: string;
  /** The key that a comment shows: `#Storage=auto`. */
  readonly comments?: string;
}

export interface Reading {
  /** How a value goes on over the next line: not at all, by a backslash at its end, or by deeper indentation (Python's configparser). */
  readonly continued: 'never' | 'backslash' | 'indent';
}

/** @throws Unfit where a line that opens a section does not close it. */
export function linesOf(text: string, { continued }: Reading): Line[] {
  const lines: Line[] = [];
  let section = '';
  let offset = 0;
  for (const raw of text.match(/[^\n]*\n|[^\n]+/g) ?? []) {
    const body = raw.replace(/\r?\n$/, '');
    const last = lines.at(-1);
    if (last?.kind === 'key' && continues(last, body, continued)) lines[lines.length - 1] = joined(last, raw, body, continued);
    else {
      const line = lineOf(raw, body, section);
      if (!line) throw unfitAt(text, offset, 'is not INI: a section has no closing bracket');
      section = line.section;
      lines.push(line);
    }
    offset += raw.length;
  }
  return lines;
}

function lineOf(text: string, body: string, section: string): Line | undefined {
  const trimmed = body.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') return { kind: 'other', section, text, head: '' };
  if (trimmed.startsWith('[')) {
    const name = /^\[([^\]]*)\]/.exec(trimmed)?.[1];
    return name === undefined ? undefined : { kind: 'section', section: name.trim(), text, head: '' };
  }
  if (/^[#;]/.test(trimmed)) {
    const shown = /^[#;]\s*([^\s=]+)\s*=/.exec(trimmed)?.[1];
    return { kind: 'other', section, text, head: '', ...(shown === undefined ? {} : { comments: shown }) };
  }
  const [, before = '', key = '', sign = '', value = ''] = /^(\uFEFF?\s*)([^=]*?)(\s*=\s*)(.*)$/.exec(body) ?? [];
  if (sign === '') return { kind: 'key', section, text, key: trimmed, value: undefined, head: body.trimEnd() };
  return { kind: 'key', section, text, key, value: value.trimEnd(), head: `${before}${key}${sign}` };
}

function continues(last: Line, body: string, continued: Reading['continued']): boolean {
  if (continued === 'backslash') return /\\\r?\n$/.test(last.text);
  if (continued === 'indent') return body.trim() !== '' && indentOf(body) > indentOf(last.text) && !/^\s*[#;]/.test(body);
  return false;
}

const indentOf = (text: string): number => (/^[ \t]*/.exec(text)?.[0] ?? '').length;

function joined(last: Line, raw: string, body: string, continued: Reading['continued']): Line {
  const soFar = continued === 'backslash' ? (last.value ?? '').replace(/\\$/, '').trimEnd() : (last.value ?? '');
  return { ...last, text: last.text + raw, value: `${soFar}${continued === 'backslash' ? ' ' : '\n'}${body.trim()}` };
}
