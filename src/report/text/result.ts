import { showLocated } from '../../contract/located.ts';
import type { Status } from '../event.ts';
import type { ReportOptions } from '../options.ts';
import type { TaskResult } from '../story.ts';
import { changeLine } from './change.ts';
import { duration } from './duration.ts';
import { printable } from './printable.ts';
import type { Style } from './style.ts';

const words: Readonly<Record<Status, string>> = { ok: 'ok', changed: 'changed', 'would-change': 'would change', unknown: 'unknown yet', failed: 'failed', skipped: 'skipped' };
export const statusWidth = 12;

/** A task's outcome: a head line, then its changes and diffs. Empty for what only `verbose` tells. */
export function resultLines(event: TaskResult, { style, verbose, diff }: ReportOptions): string[] {
  if (!verbose && (event.status === 'ok' || event.status === 'skipped')) return [];
  const notes = [
    ...(event.status === 'failed' || verbose ? [style.dim(showLocated(event.at))] : []),
    ...(event.attempts > 1 ? [style.dim(`attempt ${event.attempts}`)] : []),
    ...(event.mayBeAffected && verbose ? [style.dim('may change with the tasks before it')] : []),
    ...(event.note === undefined ? [] : [style.dim(printable(event.note))]),
    ...(event.status === 'changed' || verbose ? [style.dim(duration(event.ms))] : []),
  ];
  const head = [coloured(event.status, style), printable(event.task), ...notes].join('  ');
  const changes = event.changes.flatMap((change) => [
    changeLine(change, style),
    ...(diff?.(change, style) ?? []).map((line) => `  ${line}`),
    ...(verbose ? change.run.trimEnd().split('\n').map((line) => style.dim(`  $ ${printable(line)}`)) : []),
  ]);
  const error = event.status === 'failed' && event.error ? printable(event.error.summary).split('\n').map((line) => style.red(line)) : [];
  return [head, ...[...changes, ...error].map((line) => `${''.padEnd(statusWidth)}    ${line}`)];
}

function coloured(status: Status, style: Style): string {
  const word = words[status].padEnd(statusWidth);
  if (status === 'failed') return style.red(word);
  if (status === 'changed' || status === 'would-change') return style.yellow(word);
  return status === 'ok' ? style.green(word) : style.dim(word);
}
