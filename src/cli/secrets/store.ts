import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { PlinthError } from '../../contract/diagnostic.ts';
import { type Opened, readStore, recipientsFile } from '../../inventory/secrets/age/index.ts';
import type { Context } from '../context.ts';
import { inventoryFiles } from '../fleet/find-inventory.ts';
import { secretSources } from '../fleet/secret-sources.ts';
import { shownPath } from '../run/prepare.ts';
import type { SecretsInput } from './secrets.ts';

/** The encrypted file that is meant, and the list of its recipients. */
export interface Store {
  readonly path: string;
  readonly shown: string;
  readonly recipients: string;
  readonly recipientsShown: string;
}

/** `--file`, else secrets.age in the inventory's folder, in ./inventory or here. Nothing needs to be there yet. */
export async function storeOf(input: SecretsInput, { cwd, env }: Pick<Context, 'cwd' | 'env'>): Promise<Store> {
  const given = input.text('file');
  const path = given === undefined ? join(await folderOf(input.list('inventory'), cwd, env), 'secrets.age') : resolve(cwd, given);
  if (!path.endsWith('.age')) throw new PlinthError({ cause: 'usage', summary: `${shownPath(path, cwd)} does not end in .age`, hint: 'The encrypted file is called *.age, and its recipients *.recipients beside it.' });
  const recipients = recipientsFile(path);
  return { path, shown: shownPath(path, cwd), recipients, recipientsShown: shownPath(recipients, cwd) };
}

async function folderOf(given: readonly string[], cwd: string, env: Context['env']): Promise<string> {
  const [named] = given.length > 0 ? given : (env.PLINTH_INVENTORY ?? '').split(':').filter((part) => part !== '');
  if (named !== undefined && !/^[a-z][a-z-]+:/.test(named)) {
    const path = resolve(cwd, named);
    return (await stat(path).catch(() => undefined))?.isDirectory() === true ? path : dirname(path);
  }
  const folder = join(cwd, 'inventory');
  const there = (await inventoryFiles(cwd)).length > 0 || (await stat(folder).catch(() => undefined))?.isDirectory() === true;
  return there ? folder : cwd;
}

/** @throws PlinthError where it does not exist or cannot be opened. */
export async function opened(store: Store, context: Context): Promise<Opened> {
  const found = await readStore(store.path, store.shown, secretSources(context));
  if (!found) throw new PlinthError({ cause: 'secret', summary: `${store.shown} does not exist`, hint: '`plinth secrets init` makes it; another file is named with --file.' });
  return found;
}
