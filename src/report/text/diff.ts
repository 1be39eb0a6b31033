import type { ToldChange } from '../event.ts';
import { printable } from './printable.ts';
import type { Style } from './style.ts';

/** The lines of a unified diff of one change; empty where one line says it all. */
export type ShowDiff = (change: ToldChange, style: Style) => readonly string[];

/** The `diff` package is loaded only when somebody wants to see diffs. */
export async function loadDiff(): Promise<ShowDiff> {
  const { structuredPatch } = await import('diff');
  return (change, style) => {
    if (!isText(change.from) && !isText(change.to)) return [];
    const patch = structuredPatch('', '', ended(change.from), ended(change.to), '', '', { context: 3 });
    const head = [style.bold(`--- ${change.from === null ? '/dev/null' : printable(change.what)}`), style.bold(`+++ ${change.to === null ? '/dev/null' : printable(change.what)}`)];
    const body = patch.hunks.flatMap((hunk) => [style.cyan(`@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`), ...hunk.lines.map((line) => coloured(line, style))]);
    return [...head, ...body];
  };
}

const isText = (text: string | null): boolean => text !== null && text.trimEnd().includes('\n');

/** A missing newline at the end is no difference that anybody wants to read about, unless it is the only one. */
const ended = (text: string | null): string => (text === null || text === '' || text.endsWith('\n') ? (text ?? '') : `${text}\n`);

function coloured(line: string, style: Style): string {
  const shown = printable(line);
  if (shown.startsWith('+')) return style.green(shown);
  if (shown.startsWith('-')) return style.red(shown);
  return shown;
}
