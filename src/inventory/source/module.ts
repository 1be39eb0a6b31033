import { resolve } from 'node:path';
import { PlinthError } from '../../contract/index.ts';
import { isPlain } from '../check/plain.ts';
import { isDefined } from '../define.ts';
import type { Loader } from './document.ts';
import type { Entry, Place, Tree } from './tree.ts';
import type { SecretOf } from './yaml.ts';

/**
 * The default export of an inventory written in TypeScript, called if it is a function. Its values have no lines of their
 * own: they are placed at the export, and their path says which is meant.
 * @throws PlinthError where there is no such export or it throws.
 */
export async function readModule(path: string, text: string, file: string, cwd: string, secretOf: SecretOf, load: Loader): Promise<Tree> {
  const at = exportPlace(text, file);
  const fail = (summary: string, hint: string, cause?: unknown): PlinthError => new PlinthError({ cause: 'inventory', summary, at: [at], hint }, { cause });
  const exported = await load(resolve(cwd, path));
  const found = typeof exported === 'object' && exported !== null ? Reflect.get(exported, 'default') : undefined;
  const said: unknown = isDefined(found) ? found.inventory : found;
  if (said === undefined) throw fail('no default export', 'write `export default defineInventory(fleet, { groups: { ... } })`');
  try {
    const value: unknown = typeof said === 'function' ? await said({ secret: (reference: string) => secretOf(reference, at) }) : said;
    return toTree(value, at);
  } catch (error) {
    if (error instanceof PlinthError) throw error;
    throw fail(`the inventory threw: ${error instanceof Error ? error.message : String(error)}`, 'the function of the default export failed', error);
  }
}

/** Data as a tree; anything that is neither a list nor a plain record is a leaf. Keys of undefined are left out. */
function toTree(value: unknown, at: Place, open: ReadonlySet<unknown> = new Set()): Tree {
  if (open.has(value)) throw new PlinthError({ cause: 'inventory', summary: `${at.path}: holds itself`, at: [at], hint: 'an inventory must be a tree' });
  if (!Array.isArray(value) && !isPlain(value)) return { kind: 'leaf', at, value };
  const inside = new Set(open).add(value);
  if (Array.isArray(value)) return { kind: 'list', at, items: value.map((item, index) => toTree(item, { ...at, path: `${at.path}[${index}]` }, inside)) };
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return {
    kind: 'table',
    at,
    entries: new Map(
      entries.map(([key, item]): [string, Entry] => {
        const keyAt = { ...at, path: at.path === '' ? key : `${at.path}.${key}` };
        return [key, { keyAt, value: toTree(item, keyAt, inside) }];
      }),
    ),
  };
}

function exportPlace(text: string, file: string): Place {
  const lines = text.split('\n');
  const line = lines.findIndex((one) => /^\s*export\s+default\b/.test(one));
  return { file, line: Math.max(line, 0) + 1, col: 1, path: '' };
}
