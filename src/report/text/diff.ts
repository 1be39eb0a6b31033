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
    const [from, to] = [ended(change.from), ended(change.to)];
    // Long texts that have nothing in common take minutes to be compared, and nobody is wiser for it.
    const patch = structuredPatch('', '', from, to, '', '', { context: 3, maxEditLength: 2000 });
    const head = [style.bold(`--- ${change.from === null ? '/dev/null' : printable(change.what)}`), style.bold(`+++ ${change.to === null ? '/dev/null' : printable(change.what)}`)];
    if (!patch) return [...head, ...[...whole(from, '-'), ...whole(to, '+')].map((line) => coloured(line, style))];
    const body = patch.hunks.flatMap((hunk) => [style.cyan(`@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`), ...hunk.lines.map((line) => coloured(line, style))]);
    return [...head, ...body];
  };
}

const isText = (text: string | null): boolean => text !== null && text.trimEnd().includes('\n');

/** A missing newline at the end is no difference that anybody wants to read about, unless it is the only one. */
const ended = (text: string | null): string => (text === null || text === '' || text.endsWith('\n') ? (text ?? '') : `${text}\n`);

const whole = (text: string, sign: string): string[] => text.split('\n').slice(0, -1).map((line) => `${sign}${line}`);

function coloured(line: string, style: Style): string {
  const shown = printable(line);
  if (shown.startsWith('+')) return style.green(shown);
  if (shown.startsWith('-')) return style.red(shown);
  return shown;
}
