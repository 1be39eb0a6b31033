import type { z } from 'zod';
import type { Late } from '../contract/late.ts';
import type { Action, Module } from '../contract/module.ts';
import type { Facts } from '../contract/read/facts.ts';
import type { Readings } from '../contract/reading.ts';
import type { Arity, Group, Host } from './fleet.ts';
import type { FactsOf, HandlerNode, PlayOptions, TaskOptions } from './program.ts';

declare const brand: unique symbol;

/** A handler of this play, to be named in `.notify(...)`. */
export interface Handler {
  readonly name: string;
  readonly [brand]?: 'handler';
  readonly node: HandlerNode;
}

/** A task that was declared. */
export interface Handle<O> {
  readonly name: string;
  /** What the module gives to others, known once the task is verified. */
  readonly output: Late<O>;
  /** These run once at the end of the play when the task changed something, also when a later task fails. */
  notify(...handlers: readonly Handler[]): Handle<O>;
}

/** What the body of a play works with, for one host. Variables are plain values: use `if`, `for` and functions. */
export interface TaskContext<V> {
  readonly host: Host<V>;
  readonly vars: V;
  /** Declares a task. Tasks run in the order they are declared. */
  task<A extends z.ZodType, R extends Readings, O>(name: string, module: Module<A, R, O>, args: z.input<A>, options?: TaskOptions<O>): Handle<O>;
  /** A task that runs only if something that needs its output is about to run, on whatever host that is. */
  onDemand<A extends z.ZodType, R extends Readings, O>(name: string, module: Module<A, R, O>, args: z.input<A>, options?: TaskOptions<O>): Handle<O>;
  /** Declares what to do once at the end when notified. */
  handler<A extends z.ZodType>(name: string, action: Action<A>, args: z.input<A>): Handler;
}

export interface WithFacts {
  readonly facts: Facts;
  /** The facts of any host of the run, for what depends on all of them; undefined for one that was left out or not reached. */
  readonly factsOf: FactsOf;
}

/** Results of a play over several hosts: say whose you want. */
export interface PerHost<T> {
  of(host: string): Late<T>;
  /**
   * Of whoever can give it: hosts are asked in the order of the group, one at a time, and one that failed, is not reached or
   * whose task refuses is passed over. `except`: a host that is not asked, such as the one that needs it.
   */
  any(options?: { readonly except?: string }): Late<T>;
  all(): Late<Readonly<Record<string, T>>>;
}

export type PlayResult<T, N extends Arity> = N extends 'one' ? Late<T> : PerHost<T>;

export interface PlaybookContext<G> {
  readonly groups: G;
  /** Tells something before the run begins that does not stop it, e.g. that nobody vouches for a pair of versions. */
  warn(message: string): void;
  /** Before this playbook is applied, a person must type `word`, or have said it by --confirm: for what cannot be taken back. `what` is a sentence. */
  confirm(word: string, what: string): void;
  play<V, N extends Arity, T = void>(name: string, on: Group<V, N>, body: (context: TaskContext<V>) => Late<T> | void): PlayResult<T, N>;
  play<V, N extends Arity, T = void>(name: string, on: Group<V, N>, options: PlayOptions & { readonly facts: true }, body: (context: TaskContext<V> & WithFacts) => Late<T> | void): PlayResult<T, N>;
  play<V, N extends Arity, T = void>(name: string, on: Group<V, N>, options: PlayOptions & { readonly facts?: false }, body: (context: TaskContext<V>) => Late<T> | void): PlayResult<T, N>;
}
