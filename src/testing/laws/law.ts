import type { Module } from '../../contract/index.ts';
import type { Case } from '../case.ts';

/** A module with all that its folder says of it. */
export interface Subject {
  /** The folder's own name. */
  readonly folder: string;
  readonly module: Module;
  readonly cases: readonly Case[];
}

/** Something that holds for every module. */
export interface Law {
  /** What holds, as a clause: `a converged node yields nothing`. */
  readonly name: string;
  /** Each way in which it does not hold; nothing where it does. */
  check(subject: Subject): string[];
}
