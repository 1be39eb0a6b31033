import { type Line, linesOf, type Reading } from './lines.ts';

export type IniValue = string | number | boolean | null;

/** What one key of a section should be: one value, several lines with the same key, or undefined for none. */
export interface IniEdit {
  /** Empty for what stands before the first section. */
  readonly section: string;
  /** undefined: the whole section is taken away. */
  readonly key: string | undefined;
  readonly values: readonly IniValue[] | undefined;
}

export interface IniStyle extends Reading {
  /** Spaces around `=` in new lines; undefined: as the lines around them. */
  readonly spaces: boolean | undefined;
}

/** An INI text with keys set or taken away; every other line stays as it was, byte for byte. */
export function editIni(text: string, edits: readonly IniEdit[], style: IniStyle): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = edits.reduce<readonly Line[]>((found, edit) => editLines(found, edit, style, eol), linesOf(text, style));
  return lines.map((line) => line.text).join('');
}

function editLines(lines: readonly Line[], { section, key, values }: IniEdit, style: IniStyle, eol: string): readonly Line[] {
  if (key === undefined) return lines.filter((line) => line.section !== section || (section === '' && line.kind !== 'key'));
  const isOurs = (line: Line): boolean => line.kind === 'key' && line.section === section && line.key === key;
  const ours = lines.filter(isOurs);
  if (values === undefined) return ours.length === 0 ? lines : lines.filter((line) => !isOurs(line));
  const wanted = values.map(written);
  if (ours.length === wanted.length && ours.every((line, at) => line.value === wanted[at])) return lines;

  const keeper = wanted.length === 1 ? ours.at(-1) : ours[0];
  if (keeper) return lines.flatMap((line) => (line === keeper ? wanted.map((value) => rewritten(keeper, value, eol)) : isOurs(line) ? [] : [line]));
  return inserted(lines, { section, key }, wanted, style, eol);
}

/** As it stands behind `=`; undefined where the key stands alone. */
const written = (value: IniValue): string | undefined => (value === null ? undefined : String(value));

/** The same line with another value: key, spaces and `=` stay. */
function rewritten(line: Line, value: string | undefined, eol: string): Line {
  if (value === line.value) return line;
  const end = /\r?\n$/.exec(line.text)?.[0] ?? eol;
  const key = /^[ \t]*/.exec(line.text)?.[0] + (line.key ?? '');
  const head = value === undefined ? key : line.head === key ? `${key} = ` : /^(\n|$)/.test(line.value ?? '') && /\s=$/.test(line.head) ? `${line.head} ` : line.head;
  return { ...line, text: `${head}${value ?? ''}${end}`, head, value };
}

function inserted(lines: readonly Line[], { section, key }: { readonly section: string; readonly key: string }, values: readonly (string | undefined)[], style: IniStyle, eol: string): readonly Line[] {
  const last = lines.findLastIndex((line) => line.section === section && line.kind !== 'other');
  const model = lines.findLast((line) => line.kind === 'key' && line.value !== undefined && line.section === section) ?? lines.findLast((line) => line.kind === 'key' && line.value !== undefined);
  const isSpaced = style.spaces ?? (model ? /\s=/.test(model.head) : false);
  const indent = (model?.section === section ? /^[ \t]*/.exec(model.text)?.[0] : undefined) ?? '';
  const made = values.map((value): Line => {
    const head = `${indent}${key}${value === undefined ? '' : isSpaced ? (value === '' ? ' =' : ' = ') : '='}`;
    return { kind: 'key', section, key, value, head, text: `${head}${value ?? ''}${eol}` };
  });
  if (last < 0 && section !== '') {
    const blank: Line[] = lines.length > 0 && (lines.at(-1)?.text.trim() ?? '') !== '' ? [{ kind: 'other', section: lines.at(-1)?.section ?? '', text: eol, head: '' }] : [];
    return [...ended(lines, eol), ...blank, { kind: 'section', section, text: `[${section}]${eol}`, head: '' }, ...made];
  }
  // Behind the line that shows the default as a comment, where there is one.
  const shown = lines.findLastIndex((line) => line.section === section && line.comments === key);
  const at = (shown >= 0 ? shown : last) + 1;
  const before = lines.slice(0, at);
  return [...(at > 0 ? ended(before, eol) : before), ...made, ...lines.slice(at)];
}

/** The last line of a file may lack its newline. */
function ended(lines: readonly Line[], eol: string): readonly Line[] {
  const last = lines.at(-1);
  return last && !last.text.endsWith('\n') ? [...lines.slice(0, -1), { ...last, text: last.text + eol }] : lines;
}
