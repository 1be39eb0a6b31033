import type { HostPlay, Play, Task } from '../dsl/program.ts';
import type { Foreseen } from './foreseen.ts';
import type { OnceBoard } from './once.ts';
import type { RunOptions } from './options.ts';
import type { Session } from './session.ts';
import type { Teller } from './teller.ts';

/** One host's part of a play, and what it needs to do it. */
export interface Work {
  readonly play: Play;
  readonly hostPlay: HostPlay;
  readonly session: Session;
  /** The session a task works on: another host's where it is delegated. */
  sessionOf(task: Task): Promise<Session>;
  readonly teller: Teller;
  readonly once: OnceBoard;
  readonly options: RunOptions;
  readonly foreseen: Foreseen;
  /** Another host's failure ends the play. */
  stopped(): boolean;
  /** Counts a round trip. Time in ms. */
  trip(readings: number, effects: number, ms: number): void;
}
