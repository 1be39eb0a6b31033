import type { z } from 'zod';
import type { Secret } from '../contract/index.ts';
import type { FleetSchema } from '../dsl/fleet.ts';
import type { hostSshSchema, sshSchema } from './layout/ssh.ts';

type Shapes = Readonly<Record<string, z.ZodObject>>;

/** Any part of the variables: what is missing here may come from another layer. */
type Part<T> = T extends Secret | Date | readonly unknown[] | ((...args: never[]) => unknown) ? T : T extends object ? { readonly [K in keyof T]?: Part<T[K]> | undefined } : T;

/** A group that adds nothing has an input of "no key at all", which would forbid the shared ones too. */
type Own<T> = string extends keyof T ? unknown : T;

type AllVars<S extends z.ZodObject, G extends Shapes> = z.input<S> & Both<{ [K in keyof G]: Own<z.input<G[K]>> }[keyof G]>;
/** `A | B` as `A & B`. */
type Both<U> = [U] extends [never] ? unknown : (U extends unknown ? (value: U) => void : never) extends (value: infer I) => void ? I : never;

interface HostInput<V> {
  readonly vars?: Part<V>;
  readonly ssh?: z.input<typeof hostSshSchema>;
}

interface GroupInput<V, H> {
  readonly hosts?: Readonly<Record<string, HostInput<H> | null>> | readonly string[];
  readonly children?: readonly string[];
  readonly vars?: Part<V>;
  readonly ssh?: z.input<typeof sshSchema>;
  readonly priority?: number;
}

/** The same form as the YAML. A group of the schema takes its own variables and the shared ones; a group of groups takes any. */
export interface InventoryInput<S extends z.ZodObject, G extends Shapes, N extends string> {
  readonly vars?: Part<AllVars<S, G>>;
  readonly ssh?: z.input<typeof sshSchema>;
  readonly groups?: { readonly [K in N]: GroupInput<K extends keyof G ? z.input<S> & Own<z.input<G[K]>> : AllVars<S, G>, AllVars<S, G>> };
  readonly hosts?: Readonly<Record<string, HostInput<AllVars<S, G>> | null>> | readonly string[];
}

export interface InventoryContext {
  /** A secret by reference, as after `!secret` in YAML: `age:NAME`, `env:NAME`, `command:PROGRAM` and so on. */
  secret(reference: string): Secret<string>;
}

const mark: unique symbol = Symbol.for('plinth.inventory');

/** What `defineInventory` gives: for `loadInventory` only. */
export interface DefinedInventory {
  readonly [mark]: true;
  readonly inventory: unknown;
}

/** An inventory as a TypeScript module: `export default defineInventory(fleet, { ... })`, or a function of the context, which may be async. */
export function defineInventory<S extends z.ZodObject, G extends Shapes, const N extends string>(
  _fleet: FleetSchema<S, G>,
  inventory: InventoryInput<S, G, N> | ((context: InventoryContext) => InventoryInput<S, G, N> | Promise<InventoryInput<S, G, N>>),
): DefinedInventory {
  return { [mark]: true, inventory };
}

export const isDefined = (value: unknown): value is DefinedInventory => typeof value === 'object' && value !== null && mark in value;
