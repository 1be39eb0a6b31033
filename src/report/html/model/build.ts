import type { RunEvent } from '../../event.ts';
import { createStory, tell } from '../../story.ts';
import { clockOf, type Stamped } from './clock.ts';
import { lanesOf } from './lanes.ts';
import type { About, ChangeGroup, PlayPart, RunModel, TaskRow } from './model.ts';
import { rowsOf } from './rows.ts';

const slowestShown = 12;

/** Works out of a run's events what its report shows. */
export function buildModel(events: readonly Stamped[], about: About): RunModel {
  const story = createStory();
  for (const event of events) tell(story, event);
  const clock = clockOf(events);
  const { rows, rowOf } = rowsOf(events);
  const hosts = lanesOf(events, story, clock, rowOf);
  const span = Math.max(1, story.end?.ms ?? 0, ...events.map((event) => clock.of(event)));
  return {
    about,
    start: story.start,
    end: story.end,
    span,
    timed: clock.timed,
    hosts,
    plays: playsOf(events, rows, (event) => clock.of(event), span),
    changes: rows.flatMap((row) => groupsOf(row, hosts.map(({ host }) => host))),
    failures: story.failures.filter(({ error }) => !story.results.some((result) => result.ignored && result.host === error.host && result.task === error.task && result.play === error.play)),
    ignored: story.results.filter(({ ignored }) => ignored),
    warnings: story.warnings,
    handlers: story.handlers,
    retried: story.results.filter(({ attempts }) => attempts > 1),
    slowest: story.results.filter(({ ms }) => ms >= 1).toSorted((a, b) => b.ms - a.ms).slice(0, slowestShown),
    rowOf,
  };
}

function playsOf(events: readonly RunEvent[], rows: readonly TaskRow[], at: (event: RunEvent) => number, span: number): PlayPart[] {
  const starts = events.filter((event) => event.type === 'playStart');
  // Plays with `serial` start once for each batch of hosts; here they are one.
  return [...new Set(starts.map(({ play }) => play))].map((name) => {
    const mine = starts.filter(({ play }) => play === name);
    const ends = events.filter((event) => event.type === 'playEnd' && event.play === name).map(at);
    const trips = new Map<string, { trips: number; readings: number; effects: number }>();
    for (const event of events) {
      if (event.type !== 'batch' || event.play !== name) continue;
      const so = trips.get(event.host) ?? { trips: 0, readings: 0, effects: 0 };
      trips.set(event.host, { trips: so.trips + 1, readings: so.readings + event.readings, effects: so.effects + event.effects });
    }
    return { name, hosts: [...new Set(mine.flatMap(({ hosts }) => hosts))], from: Math.min(...mine.map(at)), to: ends.length > 0 ? Math.max(...ends) : span, rows: rows.filter(({ play }) => play === name), trips };
  });
}

/** Hosts on which a task made the very same changes stand together. */
function groupsOf(row: TaskRow, order: readonly string[]): ChangeGroup[] {
  const groups = new Map<string, { hosts: string[]; ms: number } & Omit<ChangeGroup, 'hosts' | 'ms'>>();
  for (const host of order) {
    const result = row.results.get(host);
    if (!result || result.changes.length === 0) continue;
    const { status, changes, ms } = result;
    const key = JSON.stringify([status, changes]);
    const group = groups.get(key) ?? { row, status, changes, hosts: [], ms: 0 };
    groups.set(key, group);
    group.hosts.push(host);
    group.ms = Math.max(group.ms, ms);
  }
  return [...groups.values()];
}
