import { showLocated } from '../../contract/located.ts';
import type { Explained } from '../../inventory/index.ts';
import type { Input } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { findInventory } from '../fleet/find-inventory.ts';
import { loadFleetAlone } from '../fleet/load-fleet.ts';
import { formOf } from '../print/form.ts';
import { shownPath } from '../run/prepare.ts';

export async function explain(input: Input<never, 'output', 'inventory'>, context: Context): Promise<number> {
  const form = formOf(input.text('output'), ['text', 'json']);
  const [host = '', path] = input.args;
  const inventory = await loadFleetAlone(await findInventory(input.list('inventory'), context), context);
  const found = inventory.explain(host, path);
  context.out(form === 'json' ? `${JSON.stringify(found, undefined, 2)}\n` : found.map((one) => text(one, context)).join(''));
  return 0;
}

/** The value, and below it every source: the one that won first, those it beat struck through by a bracket. */
function text({ name, value, sources }: Explained, { style, cwd }: Context): string {
  const lines = sources.toReversed().map(({ layer, at, value: said, won }) => {
    const place = at === undefined ? '' : showLocated({ ...at, file: shownPath(at.file, cwd) });
    return won ? `  ${layer}  ${style.dim(place)}` : style.dim(`  (${layer}  ${place}  ${show(said)})`);
  });
  return `${style.bold(name)} = ${show(value)}\n${lines.map((line) => `${line.trimEnd()}\n`).join('')}`;
}

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value) ?? 'nothing');
