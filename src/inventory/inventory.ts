import type { Diagnostic, Located, Reach, Secret } from '../contract/index.ts';
import type { LoadedFleet } from '../dsl/fleet.ts';

/** One layer's word about a value. */
export interface Source {
  /** `all`, `group workers`, `host node1`, or `schema` for a default. */
  readonly layer: string;
  /** Absent for a default of the schema. */
  readonly at?: Located;
  /** As it was said; a secret appears as its label. */
  readonly value: unknown;
  readonly won: boolean;
}

/** Where one value of a host comes from. */
export interface Explained {
  readonly section: 'vars' | 'ssh';
  /** E.g. `sysctl.vm.swappiness`; settings of the connection begin with `ssh.`. */
  readonly name: string;
  readonly path: readonly string[];
  /** What the playbook sees: parsed, with defaults; a secret appears as its label. */
  readonly value: unknown;
  /** The weakest first; exactly one won. */
  readonly sources: readonly Source[];
}

/** A value of a host's variables: whose, and where in them. */
export interface Origin {
  readonly host: string;
  readonly path: readonly PropertyKey[];
}

/** Hosts, groups and variables, merged, checked, and able to say where each value was written. */
export interface Inventory extends LoadedFleet {
  /** The files, as a person would name them. */
  readonly source: string;
  /** The same, absolute: what a digest of the inventory is made of. */
  readonly files: readonly string[];
  readonly warnings: readonly Diagnostic[];
  /** Every secret that some host's variables or connection hold. */
  readonly secrets: readonly Secret[];
  /**
   * Asks for all secrets of these hosts (default: of all) and gives their values, to be masked. Call it before the first connection.
   * @throws PlinthError `secret` with everything that cannot be had.
   */
  resolveSecrets(hosts?: Iterable<string>): Promise<readonly string[]>;
  /** How a host is reached, secrets in clear. @throws PlinthError `secret`. */
  reach(host: string): Promise<Reach>;
  /** Every source of a host's values, or of those at and below one. @throws PlinthError `usage` for a host or a value that does not exist. */
  explain(host: string, path?: string | readonly string[]): readonly Explained[];
  /** Where a host's value was written. Undefined for defaults and for what does not exist. */
  locate(host: string, path: readonly PropertyKey[]): Located | undefined;
  /** Where a value that a playbook gives to a task was written: `findOrigin`. */
  origin(host: string, value: unknown, path?: readonly PropertyKey[]): Located | undefined;
  /** Whether an object or list is part of a host's variables, by identity. */
  originOf(value: object): Origin | undefined;
}
