import type { Statement } from './parse.ts';
import { wholeLines } from './scan.ts';

/** Takes the lines of statements away; of a table with a header all its lines, comments among them. */
export function removeTable(text: string, statements: readonly Statement[], gone: readonly Statement[]): string {
  let result = text;
  for (const one of gone.toReversed()) {
    const at = statements.indexOf(one);
    const previous = statements[at - 1];
    // Comments between two that go are about them.
    const [from] = previous && gone.includes(previous) ? [wholeLines(text, previous)[1]] : wholeLines(text, one);
    const [, to] = wholeLines(text, one);
    const before = result.slice(0, from);
    const after = result.slice(to);
    const isDouble = one.kind === 'header' && (before === '' || /(^|\n)\r?\n$/.test(before));
    result = before + (isDouble ? after.replace(/^\r?\n/, '') : after);
  }
  return result;
}
