import { verifyBundle } from '../../bundle/index.ts';
import { PlinthError } from '../../contract/diagnostic.ts';
import { count } from '../../report/text/count.ts';
import type { Context } from '../context.ts';
import { printError } from '../print/error.ts';
import type { BundleInput, Told } from './bundle.ts';
import { folderOf } from './folder.ts';

/** Exit code 1 where anything is not as bundle.yaml says. */
export async function verify(input: BundleInput, context: Context, { json, progress }: Told): Promise<number> {
  const { name, files, problems, unknown } = await verifyBundle(folderOf(input), { cwd: context.cwd, note: progress });
  progress('');
  const ok = problems.length === 0;
  if (json) {
    context.out(`${JSON.stringify({ bundle: name, ok, files, problems, unknown }, undefined, 2)}\n`);
    return ok ? 0 : 1;
  }
  if (unknown.length > 0) context.err(`${context.style.yellow('not in bundle.yaml:')} ${unknown.join(', ')}\n`);
  if (ok) context.out(`${context.style.green('✓')} ${name}: ${count(files, 'file')} as ${files === 1 ? 'it' : 'they'} should be\n`);
  else printError(new PlinthError(problems), context);
  return ok ? 0 : 1;
}
