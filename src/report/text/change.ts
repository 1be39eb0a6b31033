import type { ToldChange } from '../event.ts';
import { count } from './count.ts';
import { printable } from './printable.ts';
import type { Style } from './style.ts';

/** Longest value shown on a line of its own; longer ones are told by their size. */
const widest = 72;

/** One line: `net.ipv4.ip_forward: 0 → 1`. Texts of many lines are told by their size; `--diff` shows them. */
export function changeLine(change: ToldChange, style: Style): string {
  const what = printable(change.what);
  if (change.from === null && change.to === null) return what;
  return `${what}: ${style.dim(value(change.from))} → ${value(change.to)}`;
}

function value(text: string | null): string {
  if (text === null) return 'absent';
  if (text === '') return 'empty';
  const lines = text.trimEnd().split('\n');
  if (lines.length > 1) return count(lines.length, 'line');
  const shown = printable(text.trimEnd());
  return shown.length > widest ? `${shown.slice(0, widest - 1)}…` : shown;
}
