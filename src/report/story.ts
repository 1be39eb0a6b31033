import type { Diagnostic } from '../contract/diagnostic.ts';
import type { EventOf, RunEnd, RunEvent, Status } from './event.ts';
import { printable } from './text/printable.ts';

export type TaskResult = EventOf<'taskResult'>;

/** A failure with all that helps to mend it. */
export interface Failure {
  readonly error: Diagnostic;
  /** The last lines the node printed in that task, escape sequences removed. */
  readonly lines: readonly string[];
}

export interface HostStory {
  readonly host: string;
  readonly counts: Record<Status, number>;
  unreachable: boolean;
  /** `play › task` of its first failure. */
  failedAt: string | undefined;
  /** `play › task` that has begun and not ended. */
  at: string | undefined;
}

/** A run as told so far. Recaps and reports are made of it. */
export interface Story {
  start: EventOf<'runStart'> | undefined;
  end: RunEnd | undefined;
  readonly hosts: Map<string, HostStory>;
  readonly results: TaskResult[];
  readonly failures: Failure[];
  readonly warnings: EventOf<'warning'>[];
  readonly handlers: EventOf<'handlerResult'>[];
  /** Last lines of the task a host is at. */
  readonly tails: Map<string, string[]>;
}

const kept = 8;

export const createStory = (): Story => ({ start: undefined, end: undefined, hosts: new Map(), results: [], failures: [], warnings: [], handlers: [], tails: new Map() });

/** Goes on with the story by one event. */
export function tell(story: Story, event: RunEvent): void {
  switch (event.type) {
    case 'runStart':
      story.start = event;
      for (const host of event.hosts) hostOf(story, host);
      return;
    case 'hostUnreachable':
      hostOf(story, event.host).unreachable = true;
      fail(story, { ...event.error, host: event.host }, []);
      return;
    case 'taskStart':
      story.tails.set(event.host, []);
      hostOf(story, event.host).at = `${event.play} › ${event.task}`;
      return;
    case 'taskOutput':
      story.tails.set(event.host, [...(story.tails.get(event.host) ?? []), ...printable(event.text).split('\n').filter((line) => line.trim() !== '')].slice(-kept));
      return;
    case 'taskResult':
      told(story, event);
      return;
    case 'handlerResult':
      story.handlers.push(event);
      if (event.error) {
        hostOf(story, event.host).failedAt ??= `${event.play} › ${event.handler}`;
        fail(story, { play: event.play, task: event.handler, at: [event.at], ...event.error, host: event.host }, story.tails.get(event.host) ?? []);
      }
      return;
    case 'warning':
      story.warnings.push(event);
      return;
    case 'runEnd':
      story.end = event;
      for (const error of event.errors) if (!story.failures.some((known) => same(known.error, error))) fail(story, error, []);
      return;
    default:
  }
}

function told(story: Story, event: TaskResult): void {
  const host = hostOf(story, event.host);
  host.counts[event.status]++;
  host.at = undefined;
  story.results.push(event);
  if (event.status === 'failed') {
    host.failedAt ??= `${event.play} › ${event.task}`;
    const error: Diagnostic = event.error ?? { cause: 'internal', summary: 'failed without a reason given' };
    fail(story, { play: event.play, task: event.task, at: [event.at], ...error, host: event.host }, story.tails.get(event.host) ?? []);
  }
  story.tails.delete(event.host);
}

function hostOf(story: Story, host: string): HostStory {
  let found = story.hosts.get(host);
  if (!found) story.hosts.set(host, (found = { host, counts: { ok: 0, changed: 0, 'would-change': 0, unknown: 0, failed: 0, skipped: 0 }, unreachable: false, failedAt: undefined, at: undefined }));
  return found;
}

const fail = (story: Story, error: Diagnostic, lines: readonly string[]): void => void story.failures.push({ error, lines });

const same = (a: Diagnostic, b: Diagnostic): boolean => a.cause === b.cause && a.summary === b.summary && (b.host === undefined || a.host === b.host) && (b.task === undefined || a.task === b.task);
