import { PlinthError } from '../../contract/diagnostic.ts';
import { createBundle, downloadBundle } from '../../bundle/index.ts';
import { ownArchitecture } from '../../bundle/machine.ts';
import type { Context } from '../context.ts';
import type { BundleInput, Told } from './bundle.ts';
import { bundlePage } from './page.ts';
import { wantedOf } from './wanted.ts';

/** Makes a bundle of what lies in a folder, or of what an inventory needs. What is missing is told, and no mistake: a bundle may hold any part. */
export async function create(input: BundleInput, context: Context, { json, progress }: Told): Promise<number> {
  const from = input.text('from');
  const set = versionsOf(input.list('set'));
  const to = input.text('to') ?? input.args[1];
  const name = to ?? from;
  if (name === undefined) throw new PlinthError({ cause: 'usage', summary: 'plinth bundle create wants to know what of and where', hint: 'Files that lie there already: plinth bundle create --from ./bundle\nAll that the cluster of an inventory needs: plinth bundle create -i inventory/home.yaml --to ./bundle' });
  const architecture = input.text('arch');
  const { record, missing } = from === undefined ? await downloaded(input, context, name, set, progress) : await createBundle({ from, to, set, architecture, cwd: context.cwd, note: progress });
  progress('');
  context.out(json ? `${JSON.stringify({ bundle: name, ...record, missing }, undefined, 2)}\n` : bundlePage(name, record, missing, context));
  if (!json) context.out(`\n${context.style.bold('next:')} cluster: { source: { bundle: ${name} } } in the inventory\n`);
  return 0;
}

async function downloaded(input: BundleInput, context: Context, to: string, set: Readonly<Record<string, string>>, note: (text: string) => void) {
  const wanted = await wantedOf(input, set, context);
  const abort = new AbortController();
  const done = context.onInterrupt(() => abort.abort());
  try {
    return await downloadBundle({ ...wanted, to, cwd: context.cwd, architecture: input.text('arch') ?? ownArchitecture(), mirror: input.text('mirror'), signal: abort.signal, note });
  } finally {
    done();
  }
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
