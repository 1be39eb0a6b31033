import type { Facts } from '../contract/read/facts.ts';
import type { Late } from '../contract/late.ts';
import type { Located } from '../contract/located.ts';
import type { Action, Module } from '../contract/module.ts';

/** Options of a play. */
export interface PlayOptions {
  /** Run as root. Default: true. Without it the steps run as the user who logs in. */
  readonly become?: boolean;
  /** The body gets typed facts. It then runs after the connection, still before the first change. */
  readonly facts?: boolean;
  /** How many hosts are worked on at once. Default: all (of a batch). */
  readonly concurrency?: number;
  /** Hosts in batches, one after another: a number, a share such as `'30%'`, or a list of both; the last repeats. */
  readonly serial?: number | `${number}%` | readonly (number | `${number}%`)[];
  /** A failed host ends the play for all, and the run. */
  readonly anyErrorsFatal?: boolean;
  /** Also on hosts that have failed before, and after a failure that ends the run, as long as they are reached: to clear up. Ctrl-C ends these too. */
  readonly always?: boolean;
  readonly tags?: readonly string[];
}

/** Options of a task. Times in ms. */
export interface TaskOptions<O = unknown> {
  readonly tags?: readonly string[];
  /** Longest time one effect may take. Default: 10 minutes. */
  readonly timeout?: number;
  /** Tried again after a failure, so often, with a pause between. */
  readonly retries?: number;
  readonly delay?: number;
  /** With `retries`: tried again until the output satisfies it. */
  until?(output: O): boolean;
  /** Does the work on another host, or on the controller (as the user who runs Plinth). */
  readonly delegate?: 'controller' | { readonly name: string };
  /** Once for the play, on its first host. */
  readonly runOnce?: boolean;
  /** Finishes detached when the link is lost. */
  readonly critical?: boolean;
  /** A failure is told, and the host goes on. */
  readonly ignoreErrors?: boolean;
  /** A failure counts, and the host goes on with the tasks of this play: for checks. */
  readonly keepGoing?: boolean;
}

/** A task of one host, its arguments parsed. */
export interface Task {
  /** Stable within a program: play, position, name. */
  readonly id: string;
  readonly name: string;
  readonly at: Located;
  readonly module: Module;
  readonly args: unknown;
  readonly options: TaskOptions;
  readonly tags: readonly string[];
  readonly notify: readonly HandlerNode[];
  /** Where its output goes. */
  readonly output: Slot;
}

/** A promise that the engine fulfils: the output of a task. */
export interface Slot {
  settle(value: unknown): void;
  fail(why: Error): void;
  readonly late: Late<unknown>;
}

export interface HandlerNode {
  readonly id: string;
  readonly name: string;
  readonly at: Located;
  readonly action: Action;
  readonly args: unknown;
}

/** The facts of a host of this run; undefined for one that was left out or could not be reached. */
export type FactsOf = (host: string) => Facts | undefined;

/** What the body of a play says for one host. */
export interface HostPlay {
  readonly host: string;
  readonly tasks: readonly Task[];
  readonly handlers: readonly HandlerNode[];
  /** Run only when a script that needs their output is about to be sent. */
  readonly onDemand: readonly Task[];
}

export interface Play {
  readonly name: string;
  readonly at: Located;
  readonly hosts: readonly string[];
  readonly options: PlayOptions;
  /**
   * Evaluates the body for one host. With `facts: true` the facts must be given; `factsOf` has those of the other hosts.
   * @throws PlinthError with every bad argument, located.
   */
  evaluate(host: string, facts?: Facts, factsOf?: FactsOf): HostPlay;
}

/** A playbook over a loaded fleet: immutable, nothing has been connected. */
export interface Program {
  readonly plays: readonly Play[];
  /** What the playbook wants to be known before anything happens. */
  readonly warnings: readonly string[];
  /** Words that a person must give before it is applied, and what for. */
  readonly confirmations: readonly { readonly word: string; readonly what: string }[];
  /** Runs on demand for a host, wherever the play was. Looked up by the engine through `Late` resolution. */
  readonly demands: DemandBoard;
}

/** How a late value asks the engine for a task that runs on demand. The engine installs itself before a run. */
export interface DemandBoard {
  run: ((host: string, task: Task) => Promise<unknown>) | undefined;
}
