// Written by scripts/new-module.mjs --index: do not edit.
import type { Action, Module } from '../contract/index.ts';


/** A module or action, and where its folder is under src/modules. */
export interface Entry<T> {
  readonly area: string;
  readonly folder: string;
  readonly of: T;
}

export const modules: readonly Entry<Module>[] = [

];

/** What handlers may do. */
export const actions: readonly Entry<Action>[] = [

];
