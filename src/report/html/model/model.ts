import type { EventOf, RunEnd, Status, ToldChange } from '../../event.ts';
import type { Failure, TaskResult } from '../../story.ts';

/** What the events do not tell: how the run was asked for and how it came out. */
export interface About {
  readonly id: string;
  readonly result: 'ok' | 'failed' | 'interrupted' | 'running';
  readonly limit?: string;
  readonly tags?: readonly string[];
  readonly skipTags?: readonly string[];
  /** The run that this one went on with. */
  readonly resumes?: string;
}

/** A stretch of time on a host's lane, in ms since the run began. */
export interface Bar {
  readonly kind: 'connect' | 'task' | 'handler' | 'trip';
  readonly status: Status | 'unreachable';
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** The row that tells more. */
  readonly row?: string;
}

export interface HostLane {
  readonly host: string;
  readonly transport: string | undefined;
  /** ms; undefined where it never answered. */
  readonly connected: number | undefined;
  readonly counts: Readonly<Record<Status, number>>;
  readonly verdict: 'ok' | 'changed' | 'would-change' | 'failed' | 'unreachable' | 'stopped' | 'idle';
  readonly failedAt: string | undefined;
  readonly trips: number;
  readonly bars: readonly Bar[];
}

/** A task of a play and what came of it on each host. */
export interface TaskRow {
  readonly id: string;
  readonly play: string;
  readonly task: string;
  readonly module: string;
  readonly at: string;
  readonly results: ReadonlyMap<string, TaskResult>;
  /** The last lines it printed, by host. */
  readonly outputs: ReadonlyMap<string, readonly string[]>;
}

/** The same changes on several hosts are told once. */
export interface ChangeGroup {
  readonly row: TaskRow;
  readonly hosts: readonly string[];
  readonly status: Status;
  readonly changes: readonly ToldChange[];
  /** The longest, in ms. */
  readonly ms: number;
}

export interface PlayPart {
  readonly name: string;
  readonly hosts: readonly string[];
  /** ms since the run began. */
  readonly from: number;
  readonly to: number;
  readonly rows: readonly TaskRow[];
  /** By host. */
  readonly trips: ReadonlyMap<string, { readonly trips: number; readonly readings: number; readonly effects: number }>;
}

/** Everything the page shows, worked out; the sections only lay it out. */
export interface RunModel {
  readonly about: About;
  readonly start: EventOf<'runStart'> | undefined;
  readonly end: RunEnd | undefined;
  /** ms from the first event to the last. */
  readonly span: number;
  /** Times of bars were noted down, not guessed from durations. */
  readonly timed: boolean;
  readonly hosts: readonly HostLane[];
  readonly plays: readonly PlayPart[];
  readonly changes: readonly ChangeGroup[];
  readonly failures: readonly Failure[];
  readonly ignored: readonly TaskResult[];
  readonly warnings: readonly EventOf<'warning'>[];
  readonly handlers: readonly EventOf<'handlerResult'>[];
  readonly retried: readonly TaskResult[];
  readonly slowest: readonly TaskResult[];
  /** Where a task's result is told: `row id` by result. */
  readonly rowOf: ReadonlyMap<TaskResult, TaskRow>;
}
