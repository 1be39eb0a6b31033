import type { Module } from '../../contract/index.ts';
import type { Case } from '../case.ts';
import { deepFreeze } from '../freeze.ts';
import { parseArgs } from '../plan.ts';

export interface PlannedCase {
  readonly file: string;
  /** As the case gives them. */
  readonly given: Readonly<Record<string, unknown>>;
  /** Parsed and frozen. */
  readonly args: unknown;
  readonly observed: Readonly<Record<string, unknown>>;
}

/** The cases whose arguments are good, ready to be planned. */
export const planned = (module: Module, cases: readonly Case[]): PlannedCase[] =>
  cases
    .filter(({ error }) => error === undefined)
    .map(({ file, args, observed }) => {
      const parsed = parseArgs(module, args);
      const blank = Object.fromEntries(Object.keys(module.observe(parsed)).map((name) => [name, undefined]));
      return { file, given: isRecord(args) ? args : {}, args: deepFreeze(parsed), observed: deepFreeze({ ...blank, ...observed }) };
    });

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
