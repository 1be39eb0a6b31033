import { count } from '../../report/text/count.ts';
import { duration } from '../../report/text/duration.ts';
import { printable } from '../../report/text/printable.ts';
import type { Style } from '../../report/text/style.ts';
import { table } from '../print/table.ts';
import type { Comparison, Pair, RunTotals } from './compare-runs.ts';

/** Times beyond these are noise to most readers; `--output json` has all. */
const timesShown = 15;

/** Two runs beside each other, then what differs, task by task. */
export function tellComparison(comparison: Comparison, style: Style): string {
  const { a, b, results, changes, times } = comparison;
  const parts = [table([['', ...head(a, b)], ...rows(a, b)], (text, column) => (column === 0 ? style.dim(text) : text))];
  if (results.length > 0) parts.push(part('Results', `${count(results.length, 'task')} with another result`, results.map((pair) => [...where(pair), `${pair.a ?? 'not there'} → ${pair.b ?? 'not there'}`]), style));
  if (changes.length > 0) parts.push(`\n${style.bold('Changes')}  ${count(changes.length, 'task')} changed something else\n${changes.map((pair) => `  ${where(pair).join('  ')}\n${lines(pair, style)}`).join('')}`);
  if (times.length > 0) parts.push(part('Times', times.length > timesShown ? `the ${timesShown} greatest differences of ${times.length}` : '', times.slice(0, timesShown).map((pair) => [...where(pair), `${duration(pair.a ?? 0)} → ${duration(pair.b ?? 0)}`]), style));
  if (results.length + changes.length === 0) parts.push('\nBoth came to the same results.\n');
  return parts.join('');
}

const head = (a: RunTotals, b: RunTotals): string[] => [a.id, b.id];

function rows(a: RunTotals, b: RunTotals): string[][] {
  const row = (name: string, of: (run: RunTotals) => string): string[] => [name, of(a), of(b)];
  const hosts = [...new Set([...Object.keys(a.trips), ...Object.keys(b.trips)])];
  const trips = (run: RunTotals): number => Object.values(run.trips).reduce((sum, n) => sum + n, 0);
  return [
    row('playbook', ({ mode, playbook }) => `${mode} ${playbook}`),
    row('result', ({ result }) => result),
    row('took', ({ ms }) => (ms === null ? 'no end' : duration(ms))),
    row('changed', ({ changed }) => String(changed)),
    row('failed', ({ failed }) => String(failed)),
    row('round trips', (run) => String(trips(run))),
    ...hosts.filter((host) => a.trips[host] !== b.trips[host]).map((host) => row(`  ${host}`, ({ trips: all }) => String(all[host] ?? 0))),
  ];
}

const where = <T>({ host, play, task }: Pair<T>): [string, string] => [host, `${printable(play)} › ${printable(task)}`];
const part = (title: string, note: string, told: readonly (readonly string[])[], style: Style): string => `\n${style.bold(title)}  ${note}`.trimEnd() + `\n${table(told.map(([first = '', ...more]) => [`  ${first}`, ...more]))}`;

function lines({ a, b }: Pair<readonly string[]>, style: Style): string {
  const gone = (a ?? []).filter((line) => !b?.includes(line)).map((line) => style.red(`    - ${printable(line)}\n`));
  const come = (b ?? []).filter((line) => !a?.includes(line)).map((line) => style.green(`    + ${printable(line)}\n`));
  return [...gone, ...come].join('');
}
