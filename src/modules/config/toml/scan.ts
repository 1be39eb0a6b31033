/** Blanks and comments, over several lines. */
export const blank = /(?:[ \t\r\n]|#[^\n]*)*/y;
export const inLine = /[ \t]*/y;

/** Where a sticky pattern ends when it is held against an offset; undefined where it does not fit. */
export function endOf(pattern: RegExp, text: string, offset: number): number | undefined {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** From the start of the line of a span to the end of that of its last character, a comment there included. */
export function wholeLines(text: string, { start, end }: { readonly start: number; readonly end: number }): [number, number] {
  const newline = text.indexOf('\n', end);
  return [text.lastIndexOf('\n', start - 1) + 1, newline < 0 ? text.length : newline + 1];
}
