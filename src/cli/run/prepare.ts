import { relative, resolve } from 'node:path';
import { PlinthError } from '../../contract/diagnostic.ts';
import type { Program } from '../../dsl/program.ts';
import { sha256 } from '../../dsl/load/digest.ts';
import { loadPlaybook } from '../../dsl/load/index.ts';
import { findOrigin, type Inventory } from '../../inventory/index.ts';
import type { Context } from '../context.ts';
import { findInventory } from '../fleet/find-inventory.ts';
import { selectHosts } from '../fleet/limit.ts';
import { loadFleet } from '../fleet/load-fleet.ts';
import { loadOptions } from '../fleet/load-options.ts';
import { closest } from '../print/closest.ts';

/** What to run, on whom. */
export interface Asked {
  readonly playbook: string;
  readonly inventory: readonly string[];
  readonly limit: string | undefined;
  readonly tags: readonly string[];
  readonly skipTags: readonly string[];
}

/** Everything loaded and checked; nothing is connected yet. */
export interface Prepared {
  /** As asked, with the paths as they are shown and kept. */
  readonly asked: Asked;
  readonly inventory: Inventory;
  /** Makes the program anew: one serves one run. */
  build(): Program;
  /** Hosts of the plays that the limit leaves. */
  readonly limit: ReadonlySet<string> | undefined;
  readonly hosts: readonly string[];
  readonly digests: { readonly playbook: string; readonly inventory: string };
}

export async function prepare(given: Asked, context: Context): Promise<Prepared> {
  const paths = await findInventory(given.inventory, context);
  const asked = { ...given, playbook: shownPath(given.playbook, context.cwd), inventory: paths.map((path) => shownPath(path, context.cwd)) };
  const playbook = await loadPlaybook(resolve(context.cwd, given.playbook), loadOptions(context));
  const inventory = await loadFleet(paths, playbook.fleet, context);
  const limit = asked.limit === undefined ? undefined : new Set(selectHosts(asked.limit, inventory));
  const located = { ...inventory, origin: (host: string, value: unknown) => findOrigin(inventory, host, value) };
  const build = (): Program => playbook.build(located);
  const program = build();
  refuseUnknownTags(program, [...asked.tags, ...asked.skipTags]);
  const hosts = [...new Set(program.plays.flatMap((play) => play.hosts))].filter((host) => limit?.has(host) ?? true);
  if (limit && hosts.length === 0) throw new PlinthError({ cause: 'usage', summary: `no play of ${asked.playbook} has a host of the limit "${asked.limit}"`, hint: `\`plinth list ${asked.playbook}\` shows the hosts of each play.` });
  return { asked, inventory, build, limit, hosts, digests: { playbook: playbook.digest, inventory: sha256(JSON.stringify([inventory.hosts, inventory.groups])) } };
}

/** Comma-separated lists as options take them. */
export const split = (lists: readonly string[]): string[] => lists.flatMap((list) => list.split(',')).map((word) => word.trim()).filter((word) => word !== '');

/** Relative to where the command runs, unless that leads upwards. */
export const shownPath = (path: string, cwd: string): string => {
  // terraform:DIR and its like are no paths.
  if (/^[a-z][a-z-]+:/.test(path)) return path;
  const short = relative(cwd, resolve(cwd, path));
  return short.startsWith('..') ? resolve(cwd, path) : short;
};

/** A misspelt tag would silently do nothing, or everything. Plays that wait for facts may have tags nobody knows yet. */
function refuseUnknownTags(program: Program, tags: readonly string[]): void {
  if (tags.length === 0 || program.plays.some((play) => play.options.facts)) return;
  const known = new Set(['always', 'never', ...program.plays.flatMap((play) => play.hosts.flatMap((host) => play.evaluate(host).tasks.flatMap((task) => task.tags)))]);
  const unknown = tags.filter((tag) => !known.has(tag));
  if (unknown.length === 0) return;
  throw new PlinthError(
    unknown.map((tag) => {
      const near = closest(tag, [...known]);
      return { cause: 'usage', summary: `no task has the tag "${tag}"${near === undefined ? '' : `; is it "${near}"?`}`, hint: `Tags: ${[...known].join(', ')}.` };
    }),
  );
}
