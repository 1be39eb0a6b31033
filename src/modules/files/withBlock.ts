import { linesOf, placeFor, textOf } from './lines.ts';

export interface Block {
  /** The whole lines around it. */
  readonly begin: string;
  readonly end: string;
  /** What should stand between them; undefined takes the block away, markers and all. */
  readonly content: string | undefined;
  readonly after?: RegExp | undefined;
  readonly before?: RegExp | undefined;
}

/**
 * A text with the block as it should be, everything else untouched. A block whose end was lost ends at its begin line:
 * what stands behind it may be somebody else's. Of several blocks with the same markers the first is kept.
 */
export function withBlock(text: string, { begin, end, content, after, before }: Block): string {
  const lines = linesOf(text);
  const others: string[] = [];
  let place: number | undefined;
  for (let at = 0; at < lines.length; at++) {
    const one = lines[at] ?? '';
    if (one !== begin) {
      if (one !== end) others.push(one);
      continue;
    }
    place ??= others.length;
    const next = lines.findIndex((other, index) => index > at && (other === begin || other === end));
    if (lines[next] === end) at = next;
  }
  if (content === undefined) return others.length === lines.length ? text : textOf(others);
  const wanted = [begin, ...linesOf(content), end];
  const result = others.toSpliced(place ?? placeFor(others, { after, before }), 0, ...wanted);
  return result.length === lines.length && result.every((one, at) => one === lines[at]) ? text : textOf(result);
}
