import { PlinthError } from '../../contract/diagnostic.ts';
import { createBundle } from '../../bundle/index.ts';
import type { Context } from '../context.ts';
import type { BundleInput, Told } from './bundle.ts';
import { bundlePage } from './page.ts';

/** Makes a bundle of what lies in a folder. What is missing is told, and no mistake: a bundle may hold any part. */
export async function create(input: BundleInput, context: Context, { json, progress }: Told): Promise<number> {
  const from = input.text('from');
  const set = versionsOf(input.list('set'));
  if (from === undefined) throw new PlinthError({ cause: 'usage', summary: 'plinth bundle create wants to know what of', hint: 'Files that lie there already: plinth bundle create --from ./bundle\nAll that the cluster of an inventory needs: plinth bundle create -i inventory/home.yaml --to ./bundle' });
  const to = input.text('to') ?? input.args[1];
  const { record, missing } = await createBundle({ from, to, set, architecture: input.text('arch'), cwd: context.cwd, note: progress });
  progress('');
  const name = to ?? from;
  context.out(json ? `${JSON.stringify({ bundle: name, ...record, missing }, undefined, 2)}\n` : bundlePage(name, record, missing, context));
  if (!json) context.out(`\n${context.style.bold('next:')} cluster: { source: { bundle: ${name} } } in the inventory\n`);
  return 0;
}

/** @throws PlinthError, cause `usage` */
function versionsOf(given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((text) => {
      const [, name, version] = /^([a-zA-Z][\w-]*)=(\S+)$/.exec(text) ?? [];
      if (name === undefined || version === undefined) throw new PlinthError({ cause: 'usage', summary: `--set ${text}: a version is said as NAME=VERSION`, hint: '--set kubernetes=v1.36.2' });
      return [name, version];
    }),
  );
}
