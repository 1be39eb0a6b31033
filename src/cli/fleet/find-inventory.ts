import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PlinthError } from '../../contract/diagnostic.ts';
import type { Io } from '../context.ts';

/**
 * The inventories to read: those given, else PLINTH_INVENTORY (several with colons between; the colon of a source such as
 * `terraform:` parts nothing), else the only one in ./inventory.
 * @throws PlinthError, cause `usage`, where that leaves none or several.
 */
export async function findInventory(given: readonly string[], { env, cwd }: Pick<Io, 'env' | 'cwd'>): Promise<readonly string[]> {
  if (given.length > 0) return given;
  const named = (env.PLINTH_INVENTORY ?? '').split(/(?<!(?:^|:)(?:ansible|command|ssh-config|terraform|vagrant)):/).filter((path) => path !== '');
  if (named.length > 0) return named;
  const found = await inventoryFiles(cwd);
  const [only, ...more] = found;
  if (only !== undefined && more.length === 0) return [only];
  const summary = only === undefined ? 'no inventory is given, and ./inventory holds none' : `no inventory is given, and ./inventory holds several: ${found.join(', ')}`;
  throw new PlinthError({ cause: 'usage', summary, hint: 'Say which with -i FILE or PLINTH_INVENTORY=FILE.' });
}

/** Inventories in ./inventory by their names: YAML, INI and `hosts`, relative to `cwd`, in order of name. */
export async function inventoryFiles(cwd: string): Promise<string[]> {
  const names = await readdir(join(cwd, 'inventory')).catch(() => []);
  return names.filter((name) => /\.(ya?ml|ini)$|^hosts$/.test(name)).toSorted().map((name) => join('inventory', name));
}
