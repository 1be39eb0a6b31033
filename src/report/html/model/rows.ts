import { showLocated } from '../../../contract/located.ts';
import type { RunEvent } from '../../event.ts';
import type { TaskResult } from '../../story.ts';
import { printable } from '../../text/printable.ts';
import type { TaskRow } from './model.ts';

/** Lines of output that are kept of a task on a host. */
const kept = 40;

export interface Rows {
  readonly rows: readonly TaskRow[];
  readonly rowOf: ReadonlyMap<TaskResult, TaskRow>;
}

/** Tasks in the order in which they were first told, hosts side by side. A loop's tasks share name and place: the nth of one host is the nth of another. */
export function rowsOf(events: readonly RunEvent[]): Rows {
  const rows = new Map<string, TaskRow & { results: Map<string, TaskResult>; outputs: Map<string, readonly string[]> }>();
  const seen = new Map<string, number>();
  const tails = new Map<string, string[]>();
  const rowOf = new Map<TaskResult, TaskRow>();
  for (const event of events) {
    if (event.type === 'taskStart') tails.delete(event.host);
    if (event.type === 'taskOutput') tails.set(event.host, [...(tails.get(event.host) ?? []), ...linesOf(event.text)].slice(-kept));
    if (event.type !== 'taskResult') continue;
    const place = JSON.stringify([event.play, event.task, event.module, event.at]);
    const mine = JSON.stringify([place, event.host]);
    const nth = seen.get(mine) ?? 0;
    seen.set(mine, nth + 1);
    const key = `${nth} ${place}`;
    const row = rows.get(key) ?? { id: `t${rows.size + 1}`, play: event.play, task: event.task, module: event.module, at: showLocated(event.at), results: new Map(), outputs: new Map() };
    rows.set(key, row);
    row.results.set(event.host, event);
    rowOf.set(event, row);
    const tail = tails.get(event.host);
    if (tail && tail.length > 0) row.outputs.set(event.host, tail);
    tails.delete(event.host);
  }
  return { rows: [...rows.values()], rowOf };
}

const linesOf = (text: string): string[] => printable(text.replaceAll(/\r(?!\n)/g, '\n')).split('\n').filter((line) => line.trim() !== '');
