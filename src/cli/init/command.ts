import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { schemaOf } from '../../inventory/index.ts';
import type { Input } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { schemaBeside } from '../fleet/load-fleet.ts';
import type { Answers } from './cluster/answers.ts';
import { initProject } from './index.ts';

/** `plinth init [DIR]`: asks what it needs where somebody can answer, writes a project and says what to type next. */
export async function init({ args: [folder = '.'], flag }: Input<'yes'>, context: Context): Promise<number> {
  const answers = flag('yes') || !context.terminal.canAsk || isCi(context.env) ? undefined : await asked(context);
  const { dir, files, next } = await initProject(context.cwd, folder, context.version, answers);
  // What `plinth schema` prints: editors complete the inventory from the first minute.
  const fleet = await schemaBeside([join('inventory', 'lab.yaml')], { ...context, cwd: dir });
  await writeFile(join(dir, 'inventory', 'schema.json'), `${JSON.stringify(schemaOf(fleet), undefined, 2)}\n`);
  const written = [...files, 'inventory/schema.json'];
  const where = relative(context.cwd, dir);
  context.out(`wrote ${written.length} files${where === '' ? '' : ` to ${where}`}:\n${written.map((file) => `  ${file}\n`).join('')}\nnext:\n${next.map((command) => `  ${command}\n`).join('')}`);
  return 0;
}

/** A CI may give its jobs a terminal, and nobody sits there. */
const isCi = ({ CI }: Context['env']): boolean => CI !== undefined && CI !== '' && CI !== 'false' && CI !== '0';

/** Undefined for the starter. */
async function asked({ style, env, err }: Context): Promise<Answers | undefined> {
  const [{ askOnTerminal }, { askAnswers }] = await Promise.all([import('../prompt/ask-on-terminal.ts'), import('./cluster/answers.ts')]);
  const ask = askOnTerminal(style);
  err('Enter takes what stands in brackets; Ctrl-C leaves, and nothing is written.\n\n');
  const kind = await ask({ ask: 'What is it for', initial: 'cluster', choices: [{ name: 'cluster', summary: 'a Kubernetes cluster of machines of your own' }, { name: 'lab', summary: 'a first look, on Linux nodes that this machine starts in seconds' }] });
  return kind === 'cluster' ? askAnswers(ask, env.USER ?? 'root') : undefined;
}
