import { PlinthError } from '../../contract/diagnostic.ts';
import { describeModules } from '../../modules/describe.ts';
import type { Input } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { closest } from '../print/closest.ts';
import { modulePage } from '../print/module-page.ts';
import { table } from '../print/table.ts';

export async function doc(input: Input<'json'>, { out, style }: Context): Promise<number> {
  const all = describeModules();
  const [name] = input.args;
  const chosen = name === undefined ? all : all.filter((one) => one.name === name);
  if (name !== undefined && chosen.length === 0) {
    const near = closest(name, all.map((one) => one.name));
    throw new PlinthError({ cause: 'usage', summary: `there is no module "${name}"${near === undefined ? '' : `; is it "${near}"?`}`, hint: '`plinth doc` lists them.' });
  }
  if (input.flag('json')) out(`${JSON.stringify(name === undefined ? all : chosen[0], undefined, 2)}\n`);
  else if (name === undefined) out(table(all.map(({ area, name: own, summary }) => [own, area, summary]), (text, column) => (column === 0 ? style.bold(text) : column === 1 ? style.dim(text) : text)));
  else for (const one of chosen) out(modulePage(one, style));
  return 0;
}
