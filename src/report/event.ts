import type { Diagnostic } from '../contract/diagnostic.ts';
import type { Located } from '../contract/located.ts';

/**
 * `ok`: as wanted. `changed`: mended and read back. `would-change`: a plan's word for it. `unknown`: a plan cannot tell
 * before an earlier task has run. `skipped`: by tags, run-once or resume.
 */
export type Status = 'ok' | 'changed' | 'would-change' | 'unknown' | 'failed' | 'skipped';

/** A change as it is told: texts are masked. */
export interface ToldChange {
  readonly what: string;
  readonly from: string | null;
  readonly to: string | null;
  /** What mends it, late values by name. */
  readonly run: string;
}

export interface TaskRef {
  readonly play: string;
  readonly host: string;
  readonly task: string;
  readonly module: string;
  readonly at: Located;
}

/** What lets an interrupted run go on without repeating an event, such as an unguarded command: see src/engine/journal. */
export interface Resumable {
  /** The task's id within the program. */
  readonly id?: string;
  /** sha256 of the parsed arguments, late values by label. */
  readonly argsDigest?: string;
  /** Some of its changes are events: no reading will show that they were made. */
  readonly event?: boolean;
}

/** Everything a run tells, in order. Reporters, the journal and the reports are made of nothing else. Times in ms. */
export type RunEvent =
  | { readonly type: 'runStart'; readonly run: string; readonly mode: 'plan' | 'apply'; readonly playbook: string; readonly inventory: string; readonly plays: readonly { readonly name: string; readonly hosts: readonly string[] }[]; readonly hosts: readonly string[]; readonly version: string; readonly startedAt: string }
  | { readonly type: 'hostConnecting'; readonly host: string }
  | { readonly type: 'hostConnected'; readonly host: string; readonly transport: string; readonly ms: number }
  | { readonly type: 'hostUnreachable'; readonly host: string; readonly error: Diagnostic }
  | { readonly type: 'playStart'; readonly play: string; readonly hosts: readonly string[] }
  | { readonly type: 'batch'; readonly play: string; readonly host: string; readonly readings: number; readonly effects: number; readonly ms: number }
  | ({ readonly type: 'taskStart' } & TaskRef & { readonly index: number; readonly of: number })
  | ({ readonly type: 'taskOutput' } & TaskRef & { readonly stream: 'stdout' | 'stderr'; readonly text: string })
  | ({ readonly type: 'taskResult' } & TaskRef & { readonly status: Status; readonly changes: readonly ToldChange[]; readonly ms: number; readonly attempts: number; readonly mayBeAffected?: boolean; readonly note?: string; readonly error?: Diagnostic; readonly ignored?: boolean } & Resumable)
  | { readonly type: 'handlerResult'; readonly play: string; readonly host: string; readonly handler: string; readonly at: Located; readonly status: 'ran' | 'would-run' | 'failed'; readonly ms: number; readonly error?: Diagnostic }
  | { readonly type: 'warning'; readonly host?: string; readonly message: string }
  | { readonly type: 'hostEnd'; readonly play: string; readonly host: string; readonly counts: Readonly<Record<Status, number>>; readonly trips: number; readonly ms: number }
  | { readonly type: 'playEnd'; readonly play: string; readonly ms: number }
  | RunEnd;

/** The last event, and the stable contract of `--output jsonl`. `trips` are round trips of all plays, per host. */
export interface RunEnd {
  readonly type: 'runEnd';
  readonly ok: boolean;
  readonly hosts: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly pending: number;
  readonly unknown: number;
  readonly failed: number;
  readonly unreachable: number;
  readonly skipped: number;
  readonly trips: Readonly<Record<string, number>>;
  readonly ms: number;
  readonly errors: readonly Diagnostic[];
}

export type EventOf<K extends RunEvent['type']> = Extract<RunEvent, { type: K }>;

/** A reporter is a function of events; `end` lets it restore the terminal or write its file. */
export interface Reporter {
  on(event: RunEvent): void;
  /** Somebody is being asked something on the terminal; nothing may be drawn until then. */
  hold?(answered: Promise<unknown>): void;
  end?(): Promise<void> | void;
}
