/** What commas part: the members of a map or the items of a list, in brackets. Offsets are of the whole text. */
export interface Bracketed {
  readonly start: number;
  readonly end: number;
  readonly entries: readonly Span[];
}

/** One of them: it begins at `start`, its value ends at `node.end`. */
interface Span {
  readonly start: number;
  readonly node: { readonly end: number };
}

/** Both sticky: blanks and comments over several lines, and what may stand behind an entry up to the end of its line. */
export interface Blanks {
  readonly blank: RegExp;
  readonly lineRest: RegExp;
}

export interface Layout extends Blanks {
  /** One step of indentation. */
  readonly unit: string;
  readonly eol: string;
  /** All on one line. */
  readonly isFlat: boolean;
  /** What stands behind a comma on the same line. */
  readonly gap: string;
}

/** The whitespace that the line at an offset begins with. */
export const indentAt = (text: string, offset: number): string => /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '';

function matchAt(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0];
}

/** The comma behind an entry, comments between them or not; undefined where there is none. */
function commaAfter(text: string, entry: Span, { blank }: Blanks): number | undefined {
  const at = entry.node.end + (matchAt(blank, text, entry.node.end) ?? '').length;
  return text[at] === ',' ? at : undefined;
}

/**
 * Adds an entry behind the last one, on a line of its own where the others are on theirs.
 * @param entry Its text; later lines of it begin with `indent`.
 */
export function insert(text: string, container: Bracketed, entry: (indent: string, isInline: boolean) => string, layout: Layout): string {
  const last = container.entries.at(-1);
  const outer = indentAt(text, container.start);
  if (!last) {
    const inner = text.slice(container.start + 1, container.end - 1).trimEnd();
    if (layout.isFlat && inner === '') return `${text.slice(0, container.start + 1)}${entry('', true)}${text.slice(container.end - 1)}`;
    const indent = outer + layout.unit;
    return `${text.slice(0, container.start + 1)}${inner}${layout.eol}${indent}${entry(indent, false)}${layout.eol}${outer}${text.slice(container.end - 1)}`;
  }
  const isInline = !text.slice(container.start, last.start).includes('\n');
  const comma = commaAfter(text, last, layout);
  const behind = comma === undefined ? last.node.end : comma + 1;
  const indent = isInline ? outer : indentAt(text, last.start);
  const added = entry(indent, isInline) + (comma === undefined ? '' : ',');
  const upToComma = comma === undefined ? `${text.slice(0, last.node.end)},` : text.slice(0, behind);
  if (isInline) return `${upToComma}${layout.gap}${added}${text.slice(behind)}`;
  // A comment at the end of the line belongs to the entry before.
  const rest = matchAt(layout.lineRest, text, behind) ?? '';
  return `${upToComma}${rest}${layout.eol}${indent}${added}${text.slice(behind + rest.length)}`;
}

/** Takes an entry away with its comma, and with its lines where nothing else stands on them. */
export function remove<S extends Span>(text: string, container: Bracketed & { readonly entries: readonly S[] }, entry: S, blanks: Blanks): string {
  const at = container.entries.indexOf(entry);
  const before = container.entries[at - 1];
  const comma = commaAfter(text, entry, blanks);
  const [from, to] = wholeLines(text, entry.start, comma === undefined ? entry.node.end : comma + 1, container, blanks);
  const isInline = from === entry.start;
  if (at < container.entries.length - 1) {
    // On one line, what stood between this entry and the next goes too.
    const gap = isInline ? (/^[ \t]*/.exec(text.slice(to))?.[0] ?? '') : '';
    return text.slice(0, from) + text.slice(to + gap.length);
  }
  if (before) {
    const loose = comma === undefined ? commaAfter(text, before, blanks) : undefined;
    const kept = loose === undefined ? text.slice(0, from) : text.slice(0, loose) + text.slice(loose + 1, from);
    return (isInline ? kept.replace(/[ \t]+$/, '') : kept) + text.slice(to);
  }
  const inner = text.slice(container.start + 1, from) + text.slice(to, container.end - 1);
  return text.slice(0, container.start + 1) + (inner.trim() === '' ? '' : inner) + text.slice(container.end - 1);
}

/** Grows a span to whole lines, a comment behind it included, where nothing else stands on them. */
function wholeLines(text: string, start: number, end: number, container: Bracketed, { lineRest }: Blanks): [number, number] {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const rest = matchAt(lineRest, text, end);
  const isAlone = lineStart > container.start && text.slice(lineStart, start).trim() === '' && rest !== undefined;
  return isAlone ? [lineStart, text.indexOf('\n', end + rest.length) + 1] : [start, end];
}
