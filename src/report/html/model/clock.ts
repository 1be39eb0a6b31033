import type { RunEvent } from '../../event.ts';

/** An event and when it was told, in ms since the run began; absent where nobody noted it. */
export type Stamped = RunEvent & { readonly t?: number };

export interface Clock {
  /** When the event was told. */
  of(event: Stamped): number;
  readonly timed: boolean;
}

/**
 * Times of events. Where they were not noted down they are put together from durations: each host's work one after another, and no
 * play before the one before it has ended on all hosts.
 */
export function clockOf(events: readonly Stamped[]): Clock {
  const timed = events.some(({ t }) => t !== undefined);
  const times = new Map<Stamped, number>();
  const cursors = new Map<string, number>();
  let floor = 0;
  let last = 0;
  for (const event of events) {
    if (event.type === 'playStart') floor = Math.max(floor, ...cursors.values());
    const host = 'host' in event ? event.host : undefined;
    const cursor = host === undefined ? Math.max(floor, ...cursors.values()) : Math.max(floor, cursors.get(host) ?? 0) + passed(event);
    if (host !== undefined) cursors.set(host, cursor);
    times.set(event, (last = timed ? (event.t ?? last) : cursor));
  }
  return { timed, of: (event) => times.get(event) ?? 0 };
}

/** How far an event moves its host on. A round trip that changes something is part of its task. */
function passed(event: RunEvent): number {
  if (event.type === 'hostConnected' || event.type === 'handlerResult' || event.type === 'taskResult') return event.ms;
  return event.type === 'batch' && event.effects === 0 ? event.ms : 0;
}
