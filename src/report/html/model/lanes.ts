import type { RunEvent } from '../../event.ts';
import type { HostStory, Story, TaskResult } from '../../story.ts';
import { duration } from '../../text/duration.ts';
import type { Clock } from './clock.ts';
import type { Bar, HostLane, TaskRow } from './model.ts';

/** More bars than this on one lane would be finer than its pixels. The longest stay. */
const most = 200;

/** What each host did when. */
export function lanesOf(events: readonly RunEvent[], story: Story, clock: Clock, rowOf: ReadonlyMap<TaskResult, TaskRow>): HostLane[] {
  return [...story.hosts.values()].map((host) => {
    const mine = events.filter((event) => 'host' in event && event.host === host.host);
    const connected = mine.find((event) => event.type === 'hostConnected');
    const bars = mine.flatMap((event) => barOf(event, mine, clock, rowOf));
    return {
      host: host.host,
      transport: connected?.transport,
      connected: connected?.ms,
      counts: host.counts,
      verdict: verdictOf(host),
      failedAt: host.failedAt ?? (host.at === undefined ? undefined : `stopped at ${host.at}`),
      trips: story.end?.trips[host.host] ?? mine.filter(({ type }) => type === 'batch').length,
      bars: bars.length <= most ? bars : bars.toSorted((a, b) => b.to - b.from - (a.to - a.from)).slice(0, most).toSorted((a, b) => a.from - b.from),
    };
  });
}

function verdictOf({ unreachable, failedAt, at, counts }: HostStory): HostLane['verdict'] {
  if (unreachable) return 'unreachable';
  if (failedAt !== undefined) return 'failed';
  if (at !== undefined) return 'stopped';
  if (counts.changed > 0) return 'changed';
  if (counts['would-change'] > 0) return 'would-change';
  return counts.ok + counts.unknown > 0 ? 'ok' : 'idle';
}

function barOf(event: RunEvent, mine: readonly RunEvent[], clock: Clock, rowOf: ReadonlyMap<TaskResult, TaskRow>): Bar[] {
  const to = clock.of(event);
  const since = (ms: number): number => Math.max(0, to - ms);
  switch (event.type) {
    case 'hostConnected':
      return [{ kind: 'connect', status: 'ok', from: since(event.ms), to, label: `connected by ${event.transport} in ${duration(event.ms)}` }];
    case 'hostUnreachable': {
      const begun = mine.find(({ type }) => type === 'hostConnecting');
      return [{ kind: 'connect', status: 'unreachable', from: begun ? clock.of(begun) : 0, to, label: `unreachable: ${event.error.summary}` }];
    }
    case 'batch':
      return [{ kind: 'trip', status: 'ok', from: since(event.ms), to, label: `round trip, ${duration(event.ms)}: ${event.readings} readings, ${event.effects} effects` }];
    case 'taskResult': {
      // What took no time of its own was read with the others, in a round trip that is drawn.
      if (event.ms < 1 && event.status !== 'changed' && event.status !== 'failed') return [];
      const row = rowOf.get(event);
      return [{ kind: 'task', status: event.status, from: since(event.ms), to, label: `${event.play} › ${event.task}: ${event.status}, ${duration(event.ms)}`, ...(row ? { row: row.id } : {}) }];
    }
    case 'handlerResult':
      return [{ kind: 'handler', status: event.status === 'failed' ? 'failed' : 'changed', from: since(event.ms), to, label: `${event.play} › handler ${event.handler}: ${event.status}, ${duration(event.ms)}` }];
    default:
      return [];
  }
}
