import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { schemaOf } from '../../inventory/index.ts';
import type { Input } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { schemaBeside } from '../fleet/load-fleet.ts';
import { initProject } from './index.ts';

/** `plinth init [DIR]`: writes the starter and says what to type next. */
export async function init({ args: [folder = '.'] }: Pick<Input, 'args'>, context: Context): Promise<number> {
  const { dir, files, next } = await initProject(context.cwd, folder, context.version);
  // What `plinth schema` prints: editors complete the inventory from the first minute.
  const fleet = await schemaBeside([join('inventory', 'lab.yaml')], { ...context, cwd: dir });
  await writeFile(join(dir, 'inventory', 'schema.json'), `${JSON.stringify(schemaOf(fleet), undefined, 2)}\n`);
  const written = [...files, 'inventory/schema.json'];
  const where = relative(context.cwd, dir);
  context.out(`wrote ${written.length} files${where === '' ? '' : ` to ${where}`}:\n${written.map((file) => `  ${file}\n`).join('')}\nnext:\n${next.map((command) => `  ${command}\n`).join('')}`);
  return 0;
}
