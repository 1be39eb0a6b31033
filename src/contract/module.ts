import type { z } from 'zod';
import type { Applied, Change, Refusal } from './change.ts';
import type { Observed, Readings } from './reading.ts';
import type { Script } from './script/script.ts';

/** A pure value: what is wanted, what is to be read, and the difference. The engine does all the rest. */
export interface Module<A extends z.ZodType = z.ZodType, R extends Readings = Readings, O = unknown> {
  /** As its folder is called, e.g. `sysctl`. */
  readonly name: string;
  /** One sentence for the reference. */
  readonly summary: string;
  /** A strict object; every field carries `.describe()`. */
  readonly args: A;
  /** What must be read to know whether the node is as wanted. Pure. */
  observe(args: z.output<A>): R;
  /** What differs, and what mends it. Yielding nothing means converged. Pure. */
  plan(args: z.output<A>, observed: Observed<R>): Iterable<Change | Refusal>;
  /** What is on the node when this is done that the readings of later tasks may rest on: `package tuned`, `program kubeadm`. Pure. */
  brings?(args: z.output<A>): readonly string[];
  /** What was found where nothing differs, in a few words, told beside the result: the evidence of a check. `skipped`: it could not be looked at, which is no success. Pure. */
  found?(args: z.output<A>, observed: Observed<R>, applied: readonly Applied[]): Found | undefined;
  /** What other tasks may use; `applied` holds the results of the effects that ran, in order. Pure. */
  output?(args: z.output<A>, observed: Observed<R>, applied: readonly Applied[]): O;
}

export interface Found {
  readonly evidence: string;
  readonly skipped?: boolean;
}

/** Gives the record its full types: `observed` and the output follow from it. */
export const defineModule = <A extends z.ZodType, R extends Readings, O = undefined>(module: Module<A, R, O>): Module<A, R, O> => module;

/** What a handler does when notified: no state, no reading. */
export interface Action<A extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly summary: string;
  readonly args: A;
  run(args: z.output<A>): Script;
}

export const defineAction = <A extends z.ZodType>(action: Action<A>): Action<A> => action;
