import type { Diagnostic } from '../contract/diagnostic.ts';
import type { RunEnd, RunEvent, Status } from '../report/event.ts';

/** Counts a run from its own events, so that the last line cannot disagree with the lines before it. */
export interface Tally {
  count(event: RunEvent): void;
  end(hosts: number, ms: number, extra: readonly Diagnostic[]): RunEnd;
  readonly errors: readonly Diagnostic[];
}

export function tally(): Tally {
  const counts: Record<Status, number> = { ok: 0, changed: 0, 'would-change': 0, unknown: 0, failed: 0, skipped: 0 };
  const trips: Record<string, number> = {};
  const errors: Diagnostic[] = [];
  let unreachable = 0;
  let handlerFailures = 0;
  return {
    errors,
    count(event) {
      if (event.type === 'taskResult') {
        if (event.ignored) return;
        counts[event.status]++;
        if (event.error) errors.push(event.error);
      } else if (event.type === 'hostUnreachable') {
        unreachable++;
        errors.push(event.error);
      } else if (event.type === 'handlerResult' && event.error) {
        handlerFailures++;
        errors.push(event.error);
      } else if (event.type === 'batch') {
        trips[event.host] = (trips[event.host] ?? 0) + 1;
      }
    },
    end(hosts, ms, extra) {
      const failed = counts.failed + handlerFailures;
      return {
        type: 'runEnd',
        ok: failed === 0 && unreachable === 0 && extra.length === 0,
        hosts,
        changed: counts.changed,
        unchanged: counts.ok,
        pending: counts['would-change'],
        unknown: counts.unknown,
        failed,
        unreachable,
        skipped: counts.skipped,
        trips,
        ms: Math.round(ms),
        errors: [...errors, ...extra],
      };
    },
  };
}
