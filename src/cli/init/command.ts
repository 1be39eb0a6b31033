import { relative } from 'node:path';
import type { Input } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { initProject } from './index.ts';

/** `plinth init [DIR]`: writes the starter and says what to type next. */
export async function init({ args: [folder = '.'] }: Pick<Input, 'args'>, { cwd, version, out }: Pick<Context, 'cwd' | 'version' | 'out'>): Promise<number> {
  const { dir, files, next } = await initProject(cwd, folder, version);
  const where = relative(cwd, dir);
  out(`wrote ${files.length} files${where === '' ? '' : ` to ${where}`}:\n${files.map((file) => `  ${file}\n`).join('')}\nnext:\n${next.map((command) => `  ${command}\n`).join('')}`);
  return 0;
}
