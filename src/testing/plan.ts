import type { z } from 'zod';
import { type Applied, type Change, type Module, type Observed, PlinthError, type Readings, type Refusal, showEffect } from '../contract/index.ts';

/** A change as a test wants to see it: `run` is what a person would be shown, late values by name. */
export interface PlannedChange {
  readonly what: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly run: string;
  readonly change: Change;
}

export interface Planned {
  readonly changes: readonly PlannedChange[];
  readonly refusals: readonly Refusal[];
  /** What the module says of itself to other tasks; undefined when it has nothing to say. */
  readonly output: unknown;
}

/**
 * What a module would do on a node found like this: no connection, no engine. A reading that is left out of `observed`
 * reads as nothing there.
 * @throws PlinthError (`args`) when the arguments do not fit.
 */
export function planWith<A extends z.ZodType, R extends Readings, O>(
  module: Module<A, R, O>,
  args: z.input<A>,
  observed: Partial<Observed<R>>,
  applied: readonly Applied[] = [],
): Planned {
  const parsed = parseArgs(module, args);
  const complete = withEvery(module.observe(parsed), observed);
  const changes: PlannedChange[] = [];
  const refusals: Refusal[] = [];
  for (const one of module.plan(parsed, complete)) {
    if (one.kind === 'refusal') refusals.push(one);
    else changes.push(shownChange(one));
  }
  return { changes, refusals, output: module.output?.(parsed, complete, applied) };
}

export const shownChange = (change: Change): PlannedChange => ({ what: change.what, from: change.from, to: change.to, run: showEffect(change.run), change });

/** @throws PlinthError (`args`) naming every argument that does not fit. */
export function parseArgs<A extends z.ZodType>(module: { readonly name: string; readonly args: A }, args: unknown): z.output<A> {
  const parsed = module.args.safeParse(args);
  if (parsed.success) return parsed.data;
  throw new PlinthError(
    parsed.error.issues.map((issue) => ({ cause: 'args', summary: `${[module.name, ...issue.path.map(String)].join('.')}: ${issue.message}` })),
  );
}

/** Every reading has a place in what was observed, so that a plan meets the same shape as in a run. */
function withEvery<R extends Readings>(readings: R, observed: Partial<Observed<R>>): Observed<R> {
  const blank = Object.fromEntries(Object.keys(readings).map((name) => [name, undefined]));
  return { ...blank, ...observed } as Observed<R>;
}
