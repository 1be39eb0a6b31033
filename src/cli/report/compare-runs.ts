import type { JournaledRun } from '../../engine/journal/index.ts';
import type { RunEvent, Status } from '../../report/event.ts';
import type { TaskResult } from '../../report/story.ts';

/** A task on a host in both runs; `null` where a run has no such task. */
export interface Pair<T> {
  readonly play: string;
  readonly task: string;
  readonly host: string;
  readonly a: T | null;
  readonly b: T | null;
}

export interface RunTotals {
  readonly id: string;
  readonly mode: 'plan' | 'apply';
  readonly result: JournaledRun['result'];
  readonly playbook: string;
  /** ms; null for a run that never came to its end. */
  readonly ms: number | null;
  readonly changed: number;
  readonly failed: number;
  /** Round trips by host. */
  readonly trips: Readonly<Record<string, number>>;
}

/** What differs between two runs. Times are in ms. */
export interface Comparison {
  readonly a: RunTotals;
  readonly b: RunTotals;
  /** Tasks with another result, or that only one run has. */
  readonly results: readonly Pair<Status>[];
  /** Tasks that changed something in both runs, and not the same. */
  readonly changes: readonly Pair<readonly string[]>[];
  /** Tasks that took much longer or shorter, the greatest difference first. */
  readonly times: readonly Pair<number>[];
}

/** A difference in time that is worth a line: a tenth of a second, and a quarter of the longer one. */
const isMuch = (a: number, b: number): boolean => Math.abs(a - b) >= 100 && Math.abs(a - b) >= Math.max(a, b) / 4;

/** Tasks are the same where play, name and host are, whatever line they stand on now; of a loop, the nth is the nth. */
export function compareRuns(a: JournaledRun, b: JournaledRun): Comparison {
  const [before, after] = [resultsOf(a.events), resultsOf(b.events)];
  const pairs = [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [one, other] = [before.get(key), after.get(key)];
    const known = other ?? one;
    return known ? [{ play: known.play, task: known.task, host: known.host, one, other }] : [];
  });
  const of = <T>({ play, task, host, one, other }: (typeof pairs)[number], what: (result: TaskResult) => T): Pair<T> => ({ play, task, host, a: one ? what(one) : null, b: other ? what(other) : null });
  return {
    a: totals(a),
    b: totals(b),
    results: pairs.filter(({ one, other }) => one?.status !== other?.status).map((pair) => of(pair, ({ status }) => status)),
    changes: pairs.filter(({ one, other }) => one && other && one.changes.length > 0 && other.changes.length > 0 && changesOf(one).join('\0') !== changesOf(other).join('\0')).map((pair) => of(pair, changesOf)),
    times: pairs
      .filter(({ one, other }) => one && other && isMuch(one.ms, other.ms))
      .map((pair) => of(pair, ({ ms }) => Math.round(ms)))
      .toSorted((x, y) => Math.abs((y.a ?? 0) - (y.b ?? 0)) - Math.abs((x.a ?? 0) - (x.b ?? 0))),
  };
}

/** From and to as far as they fit on a line. */
const changesOf = ({ changes }: TaskResult): readonly string[] => changes.map(({ what, from, to }) => `${what}: ${shown(from)} → ${shown(to)}`);
const shown = (text: string | null): string => (text === null ? 'absent' : JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text));

function resultsOf(events: readonly RunEvent[]): Map<string, TaskResult> {
  const all = new Map<string, TaskResult>();
  for (const event of events) {
    if (event.type !== 'taskResult') continue;
    const key = (nth: number): string => JSON.stringify([event.play, event.task, event.host, nth]);
    let nth = 0;
    while (all.has(key(nth))) nth++;
    all.set(key(nth), event);
  }
  return all;
}

function totals({ meta, events, end, result }: JournaledRun): RunTotals {
  const statuses = events.flatMap((event) => (event.type === 'taskResult' ? [event.status] : []));
  const of = (...wanted: readonly Status[]): number => statuses.filter((status) => wanted.includes(status)).length;
  return { id: meta.id, mode: meta.mode, result, playbook: meta.playbook, ms: end?.ms ?? null, changed: of('changed', 'would-change'), failed: of('failed'), trips: end?.trips ?? {} };
}
