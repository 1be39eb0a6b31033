import type { Connection, Reach } from '../../contract/connection.ts';
import { type Diagnostic, PlinthError } from '../../contract/diagnostic.ts';
import { newRunId } from '../../engine/journal/open-journal.ts';
import { createMasker } from '../../engine/mask.ts';
import { pool } from '../../engine/pool.ts';
import type { InputOf } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { findInventory } from '../fleet/find-inventory.ts';
import { selectHosts } from '../fleet/limit.ts';
import { loadFleetAlone } from '../fleet/load-fleet.ts';
import type { connectOptions, fleetOptions } from '../fleet/options.ts';
import { createConnect } from '../run/connect.ts';
import { watchInterrupt } from '../run/interrupt.ts';
import { numberOf } from '../run/number.ts';

/** What became of one host. */
export type Outcome<T> = { readonly host: string; readonly value: T; readonly error?: never } | { readonly host: string; readonly error: Diagnostic; readonly value?: never };

export interface OnHosts<T> {
  readonly outcomes: readonly Outcome<T>[];
  readonly interrupted: boolean;
}

/** One host's work, with all it needs. */
export interface HostWork {
  readonly host: string;
  connect(): Promise<Connection>;
  /** How it is reached, secrets in clear. */
  reach(): Promise<Reach>;
  mask(text: string): string;
  readonly signal: AbortSignal;
}

/**
 * Does the work on every host of a pattern, several at once; what fails on one says nothing about the others.
 * @param lock whether each node's lock is taken, which keeps other runs away. Default: yes.
 */
export async function onHosts<T>(pattern: string | undefined, input: InputOf<typeof fleetOptions & typeof connectOptions>, context: Context, work: (one: HostWork) => Promise<T>, done: (outcome: Outcome<T>) => void = () => undefined, lock = true): Promise<OnHosts<T>> {
  const inventory = await loadFleetAlone(await findInventory(input.list('inventory'), context), context);
  const limit = input.text('limit');
  const allowed = new Set(selectHosts(limit ?? 'all', inventory));
  const hosts = selectHosts(pattern ?? 'all', inventory).filter((host) => allowed.has(host));
  if (hosts.length === 0) throw new PlinthError({ cause: 'usage', summary: `"${pattern}" and --limit "${limit}" have no host in common` });
  const masker = createMasker();
  for (const value of await inventory.resolveSecrets(hosts)) masker.add(value);
  const note = (message: string): void => context.err(`${context.style.yellow('note:')} ${masker.mask(message)}\n`);
  const open = await createConnect(input, { inventory, context, run: newRunId(new Date()), note, lock, hide: (secret) => masker.add(secret) });
  const interrupt = watchInterrupt(context, note);
  const outcomes = new Map<string, Outcome<T>>();
  try {
    await pool(hosts, numberOf(input.text('concurrency'), '--concurrency') ?? 50, async (host) => {
      let connection: Connection | undefined;
      const connect = async (): Promise<Connection> => (connection = await open(host, { signal: interrupt.signal }));
      const outcome: Outcome<T> = await work({ host, connect, reach: () => inventory.reach(host), mask: (text) => masker.mask(text), signal: interrupt.signal }).then((value) => ({ host, value }), (error: unknown) => ({ host, error: reason(error, masker.mask) }));
      await connection?.close().catch(() => undefined);
      outcomes.set(host, outcome);
      done(outcome);
    });
  } finally {
    interrupt.release();
  }
  return { outcomes: hosts.flatMap((host) => outcomes.get(host) ?? []), interrupted: interrupt.signal.aborted };
}

function reason(error: unknown, mask: (text: string) => string): Diagnostic {
  if (!(error instanceof PlinthError)) throw error;
  const [first] = error.diagnostics;
  if (!first) throw error;
  return { ...first, summary: mask(first.summary), ...(first.detail === undefined ? {} : { detail: mask(first.detail) }) };
}

/** 0 where all is well, 1 where a host failed, 130 where it was stopped. */
export const exitCode = ({ outcomes, interrupted }: OnHosts<unknown>, failed: boolean = outcomes.some(({ error }) => error !== undefined)): number => (interrupted ? 130 : failed ? 1 : 0);
