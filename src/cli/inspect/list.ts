import type { Program } from '../../dsl/program.ts';
import type { Inventory } from '../../inventory/index.ts';
import { count } from '../../report/text/count.ts';
import type { InputOf } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { findInventory } from '../fleet/find-inventory.ts';
import { selectHosts } from '../fleet/limit.ts';
import { loadFleetAlone } from '../fleet/load-fleet.ts';
import type { fleetOptions } from '../fleet/options.ts';
import { formOf } from '../print/form.ts';
import { table } from '../print/table.ts';
import { prepare } from '../run/prepare.ts';

export async function list(input: InputOf<typeof fleetOptions & { output: { kind: 'text' } }>, context: Context): Promise<number> {
  const form = formOf(input.text('output'), ['text', 'json']);
  const [playbook] = input.args;
  if (playbook === undefined) {
    const inventory = await loadFleetAlone(await findInventory(input.list('inventory'), context), context);
    const limit = new Set(selectHosts(input.text('limit') ?? 'all', inventory));
    context.out(form === 'json' ? json(fleetOf(inventory, limit)) : fleetText(inventory, limit, context));
    return 0;
  }
  const { build, limit, inventory } = await prepare({ playbook, inventory: input.list('inventory'), limit: input.text('limit'), tags: [], skipTags: [] }, context);
  const plays = playsOf(build(), limit);
  context.out(form === 'json' ? json({ inventory: inventory.source, plays }) : plays.map((play) => playText(play, context)).join('\n'));
  return 0;
}

interface ListedPlay {
  readonly play: string;
  readonly hosts: readonly string[];
  /** Null where they are known only once facts are read. */
  readonly tasks: readonly { readonly task: string; readonly module: string; readonly tags: readonly string[]; readonly hosts: readonly string[]; readonly at: { readonly file: string; readonly line: number; readonly col: number } }[] | null;
}

function playsOf(program: Program, limit: ReadonlySet<string> | undefined): ListedPlay[] {
  return program.plays.map((play) => {
    const hosts = play.hosts.filter((host) => limit?.has(host) ?? true);
    if (play.options.facts) return { play: play.name, hosts, tasks: null };
    const tasks = new Map<string, { task: string; module: string; tags: readonly string[]; hosts: string[]; at: { file: string; line: number; col: number } }>();
    for (const host of hosts) {
      for (const { name, module, tags, at } of play.evaluate(host).tasks) {
        const key = JSON.stringify([name, at]);
        const known = tasks.get(key);
        if (known) known.hosts.push(host);
        else tasks.set(key, { task: name, module: module.name, tags, hosts: [host], at });
      }
    }
    return { play: play.name, hosts, tasks: [...tasks.values()] };
  });
}

function playText({ play, hosts, tasks }: ListedPlay, { style }: Context): string {
  const head = `${style.bold(play)}  ${style.dim(hosts.length === 0 ? 'no hosts' : hosts.join(', '))}\n`;
  if (tasks === null) return `${head}  ${style.dim('its tasks are known once the facts of its hosts are read: `plinth plan` shows them')}\n`;
  return head + table(tasks.map(({ task, module, tags, hosts: on, at }) => [`  ${task}`, module, [tags.join(','), on.length < hosts.length ? `on ${on.join(', ')}` : '', `${at.file}:${at.line}`].filter((part) => part !== '').join('  ')]), (text, column) => (column === 0 ? text : style.dim(text)));
}

const fleetOf = ({ source, hosts, groups }: Inventory, limit: ReadonlySet<string>) => ({ inventory: source, hosts: hosts.filter(({ name }) => limit.has(name)).map(({ name, groups: of }) => ({ name, groups: of })), groups });

function fleetText(inventory: Inventory, limit: ReadonlySet<string>, { style }: Context): string {
  const { hosts, inventory: source } = fleetOf(inventory, limit);
  return `${style.bold(source)}  ${count(hosts.length, 'host')}\n${table(hosts.map(({ name, groups }) => [`  ${name}`, groups.join(', ')]), (text, column) => (column === 0 ? text : style.dim(text)))}`;
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
