import type { z } from 'zod';
import type { Located } from '../contract/located.ts';

/**
 * What every host's variables look like, and what each group adds to them. YAML is checked against it, playbooks get
 * their types from it. Every object must be strict about its keys: a misspelt variable is an error.
 */
export interface FleetSchema<S extends z.ZodObject = z.ZodObject, G extends Readonly<Record<string, z.ZodObject>> = Readonly<Record<string, z.ZodObject>>> {
  readonly shared: S;
  readonly groups: G;
}

export const defineFleet = <S extends z.ZodObject, G extends Readonly<Record<string, z.ZodObject>>>(schema: FleetSchema<S, G>): FleetSchema<S, G> => schema;

/** A host of a loaded inventory, its variables merged and parsed. */
export interface FleetHost {
  readonly name: string;
  /** Every group it is in, nested ones included. */
  readonly groups: readonly string[];
  readonly vars: Readonly<Record<string, unknown>>;
}

/** What the DSL needs of an inventory: hosts in order, and the members of each group. */
export interface LoadedFleet {
  readonly hosts: readonly FleetHost[];
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** Where the part of `value` at `path` was written, if it came from a host's variables: so a bad argument can point there. */
  origin?(host: string, value: unknown, path: readonly PropertyKey[]): Located | undefined;
}

/** Several hosts, or exactly one, with the type of their variables. */
export interface Group<V, N extends Arity = 'many'> {
  readonly label: string;
  readonly hosts: readonly Host<V>[];
  readonly arity: N;
}
export type Arity = 'one' | 'many';
export interface Host<V> {
  readonly name: string;
  readonly vars: V;
}

export type VarsOf<S extends z.ZodObject> = z.output<S>;
export type GroupsOf<S extends z.ZodObject, G extends Readonly<Record<string, z.ZodObject>>> = { readonly [K in keyof G]: Group<z.output<S> & z.output<G[K]>> } & {
  readonly all: Group<z.output<S>>;
};

/** The first host of a group, by the inventory's order. */
export const first = <V>(group: Group<V>): Group<V, 'one'> => ({ label: `first of ${group.label}`, hosts: group.hosts.slice(0, 1), arity: 'one' });

/** All hosts of a group but the first. */
export const rest = <V>(group: Group<V>): Group<V> => ({ label: `rest of ${group.label}`, hosts: group.hosts.slice(1), arity: 'many' });
