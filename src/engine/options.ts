import type { Connection } from '../contract/connection.ts';
import type { RunEvent, TaskRef, ToldChange } from '../report/event.ts';

/** Hides secrets in everything that is told or stored. */
export interface Masker {
  add(value: string): void;
  mask(text: string): string;
  /** For output in chunks: what may be the beginning of a secret waits for the next chunk. One for each output. */
  stream(): MaskedStream;
}

export interface MaskedStream {
  /** What can be shown by now. */
  push(chunk: string): string;
  /** The rest. */
  end(): string;
}

export interface RunMeta {
  /** Names the run in the journal. */
  readonly run: string;
  readonly playbook: string;
  readonly inventory: string;
  readonly version: string;
}

export interface ConnectOptions {
  readonly signal: AbortSignal;
  readonly become: boolean;
}

export type Answer = 'yes' | 'no' | 'all' | 'quit';

/** Everything a run needs from outside: no other state, no globals. */
export interface RunOptions {
  /** `plan` reads and tells what would change; `apply` changes it. */
  readonly mode: 'plan' | 'apply';
  readonly meta: RunMeta;
  /** Opens a host's connection; `controller` stands for this machine. */
  connect(host: string, options: ConnectOptions): Promise<Connection>;
  /** How long a host that dropped its link may take to come back, in ms; undefined: 30 s. */
  patience?(host: string): Promise<number | undefined>;
  emit(event: RunEvent): void;
  readonly signal: AbortSignal;
  readonly masker: Masker;
  /** Only these hosts. */
  readonly limit?: ReadonlySet<string>;
  /** Only tasks with one of these tags (`always` runs in any case, `never` only when named). */
  readonly tags?: readonly string[];
  readonly skipTags?: readonly string[];
  /** Asked before each task that changes something (`--step`). */
  confirm?(task: TaskRef, changes: readonly ToldChange[]): Promise<Answer>;
  /** Event tasks, as `host|task id|digest of args`, that an interrupted run has done already. */
  readonly resumed?: ReadonlySet<string>;
  /** Hosts connected to and worked on at once. Default: 50. */
  readonly concurrency?: number;
}
