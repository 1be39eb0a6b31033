import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command, Completes } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { findInventory, inventoryFiles } from '../fleet/find-inventory.ts';
import { journalDir } from '../fleet/journal-dir.ts';

/** The command line so far. */
export interface Situation {
  readonly command: Command;
  readonly args: readonly string[];
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly context: Context;
}

type Candidates = (situation: Situation) => Promise<readonly (readonly [value: string, summary: string])[]>;
type Named = Exclude<Completes, readonly string[]>;

const files = [':files', ''] as const;
const plain = (values: readonly string[], summary = ''): [string, string][] => values.map((value) => [value, summary]);

const known: Readonly<Record<Named, Candidates>> = {
  file: async () => [files],
  playbook: async ({ context }) => {
    const names = await readdir(join(context.cwd, 'playbooks')).catch(() => []);
    return [...plain(names.filter((name) => /\.[cm]?ts$/.test(name)).toSorted().map((name) => `playbooks/${name}`)), files];
  },
  inventory: async ({ context }) => [...plain(await inventoryFiles(context.cwd)), files],
  host: async (situation) => plain((await fleet(situation)).hosts.map(({ name }) => name)),
  limit: async (situation) => {
    const { hosts, groups } = await fleet(situation);
    return [...plain(Object.keys(groups), 'group'), ...plain(hosts.map(({ name }) => name), 'host')];
  },
  tag: async ({ args, values, context }) => {
    const { prepare } = await import('../run/prepare.ts');
    const { build } = await prepare({ playbook: args[0] ?? '', inventory: values.get('inventory') ?? [], limit: undefined, tags: [], skipTags: [] }, context);
    const plays = build().plays;
    return plain([...new Set(plays.flatMap((play) => [...(play.options.tags ?? []), ...(play.options.facts ? [] : play.hosts.flatMap((host) => play.evaluate(host).tasks.flatMap((task) => task.tags)))]))].toSorted());
  },
  module: async () => {
    const { modules, actions } = await import('../../modules/catalog.ts');
    return [...modules, ...actions].map(({ of }) => [of.name, of.summary]);
  },
  run: async ({ context }) => {
    const { listRuns } = await import('../../engine/journal/index.ts');
    return [['last', 'the newest'], ...(await listRuns(journalDir(context))).map(({ meta, result }): [string, string] => [meta.id, `${meta.mode} ${meta.playbook}, ${result}`])];
  },
};

export const candidates = (kind: Completes, situation: Situation): ReturnType<Candidates> => (typeof kind === 'string' ? known[kind](situation) : Promise.resolve(plain(kind)));

async function fleet({ values, context }: Situation) {
  const { loadFleetAlone } = await import('../fleet/load-fleet.ts');
  return loadFleetAlone(await findInventory(values.get('inventory') ?? [], context), context);
}
