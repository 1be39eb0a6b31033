/** The lines of a text, without their newlines. An empty text has none. */
export const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** Lines as a text that ends with a newline. */
export const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** Where new lines go: behind the last line that fits `after`, before the first that fits `before`, else at the end. */
export function placeFor(lines: readonly string[], { after, before }: { readonly after?: RegExp | undefined; readonly before?: RegExp | undefined }): number {
  if (after) {
    const at = lines.findLastIndex((line) => after.test(line));
    if (at >= 0) return at + 1;
  }
  if (before) {
    const at = lines.findIndex((line) => before.test(line));
    if (at >= 0) return at;
  }
  return lines.length;
}
