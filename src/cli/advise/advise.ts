import { advise, type FleetRow, fleetAdvice, type Node, type Row, type Verdict } from '../../advise/index.ts';
import { failureLines } from '../../report/text/recap.ts';
import type { InputOf } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import type { connectOptions, fleetOptions } from '../fleet/options.ts';
import { exitCode, onHosts } from '../nodes/on-hosts.ts';
import { formOf } from '../print/form.ts';
import { table } from '../print/table.ts';
import { gatherNode } from './gather-node.ts';
import type { adviceOptions } from './options.ts';
import { wishesOf } from './wishes.ts';

/** Reads facts and a few things more from every node, and prints what follows from them. Nothing is changed. */
export async function adviseFleet(input: InputOf<typeof fleetOptions & typeof connectOptions & typeof adviceOptions>, context: Context): Promise<number> {
  const form = input.text('output') === undefined && !context.terminal.stdout ? 'json' : formOf(input.text('output'), ['table', 'json']);
  const wishes = wishesOf(input);
  const told = await onHosts(input.args[0], input, context, gatherNode);
  const nodes = told.outcomes.flatMap(({ value }) => (value ? [value] : []));
  const rows = advise(nodes, wishes);
  const fleet = fleetAdvice(rows);
  if (form === 'json') {
    const errors = Object.fromEntries(told.outcomes.flatMap(({ host, error }) => (error ? [[host, error]] : [])));
    context.out(`${JSON.stringify({ wishes, rows, fleet, ...(Object.keys(errors).length > 0 ? { errors } : {}) }, undefined, 2)}\n`);
    return exitCode(told);
  }
  if (nodes.length > 0) context.out(pageOf(rows, fleet, nodes, context));
  for (const { host, error } of told.outcomes) if (error) context.err(`${failureLines({ error: { host, ...error }, lines: [] }, context.style).join('\n')}\n`);
  return exitCode(told);
}

/** Per item one row a node; nodes of which the same is to be said share one. */
function pageOf(rows: readonly Row[], fleet: readonly FleetRow[], nodes: readonly Node[], { style }: Context): string {
  const colour: Readonly<Record<Verdict, (text: string) => string>> = { ok: style.green, possible: style.cyan, blocked: style.red, 'not applicable': style.dim };
  const lines = fleet.flatMap(({ item }) =>
    grouped(rows.filter((row) => row.item === item)).map(({ row, names }, i) => [i === 0 ? item : '', names.length === nodes.length && nodes.length > 1 ? 'all' : names.join(', '), row.verdict, row.wanted, row.found, row.reason]),
  );
  const verdicts = new Set<string>(['ok', 'possible', 'blocked', 'not applicable']);
  const paint = (text: string, column: number): string => {
    const word = text.trim();
    if (column === 0) return style.bold(text);
    return column === 2 && verdicts.has(word) ? (Object.entries(colour).find(([name]) => name === word)?.[1] ?? String)(text) : text;
  };
  const can = fleet.filter(({ verdict }) => verdict === 'ok' || verdict === 'possible').map(({ item }) => item);
  return `${table([['item', 'node', 'verdict', 'wanted', 'found', 'why'], ...lines], paint)}\n${style.bold('every node can have:')} ${can.join(', ') || 'none of these'}\n`;
}

function grouped(rows: readonly Row[]): { readonly row: Row; readonly names: string[] }[] {
  const groups = new Map<string, { readonly row: Row; readonly names: string[] }>();
  for (const row of rows) {
    const key = [row.verdict, row.wanted, row.found, row.reason].join('\0');
    const group = groups.get(key) ?? { row, names: [] };
    group.names.push(row.node);
    groups.set(key, group);
  }
  return [...groups.values()];
}
