import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, extname, relative, resolve, sep } from 'node:path';
import { type Diagnostic, PlinthError } from '../../contract/index.ts';
import { nearest } from '../../contract/nearest.ts';

/** Extensions that hold an inventory. */
const yamlLike = ['.yaml', '.yml', '.json'];
const moduleLike = ['.ts', '.mts', '.js', '.mjs'];

/** An inventory written in TypeScript rather than as data. */
export const isModule = (path: string): boolean => moduleLike.includes(extname(path));

/** Relative to the working folder where the file is in it: what a person would type. */
export function displayPath(path: string, cwd: string): string {
  const short = relative(cwd, resolve(cwd, path));
  return short === '' || short.startsWith(`..${sep}`) || short === '..' ? resolve(cwd, path) : short;
}

/**
 * The text of an inventory file.
 * @throws PlinthError for a missing file (naming files nearby), a folder, one that cannot be read and one that is not UTF-8.
 */
export async function readInventoryFile(path: string, cwd: string): Promise<string> {
  const full = resolve(cwd, path);
  const shown = displayPath(path, cwd);
  const bytes = await readFile(full).catch(async (error: unknown) => {
    throw new PlinthError(await unreadable(full, shown, cwd, error), { cause: error });
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new PlinthError({ cause: 'inventory', summary: `${shown} is not UTF-8 text`, hint: 'is it an inventory at all? Save it as UTF-8' }, { cause: error });
  }
}

async function unreadable(full: string, shown: string, cwd: string, error: unknown): Promise<Diagnostic> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EISDIR') {
    const inside = await inventoriesIn(full);
    return { cause: 'inventory', summary: `${shown} is a folder, not an inventory`, hint: inside.length > 0 ? `name a file in it: ${inside.map((name) => displayPath(resolve(full, name), cwd)).join(', ')}` : 'name a YAML file' };
  }
  if (code !== 'ENOENT' && code !== 'ENOTDIR') return { cause: 'inventory', summary: `${shown} cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  const folder = dirname(full);
  const around = [...(await inventoriesIn(folder)).map((name) => resolve(folder, name)), ...(await inventoriesIn(resolve(cwd, 'inventory'))).map((name) => resolve(cwd, 'inventory', name))];
  const names = [...new Set(around.map((one) => displayPath(one, cwd)))].filter((one) => one !== shown);
  const meant = names.find((one) => basename(one) === basename(full)) ?? names.find((one) => one === nearest(shown, names));
  const hint = meant ? `did you mean ${meant}?` : names.length > 0 ? `there are: ${names.slice(0, 8).join(', ')}` : 'create one: `plinth init` writes an example';
  return { cause: 'inventory', summary: `${shown} does not exist`, hint };
}

async function inventoriesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => [...yamlLike, ...moduleLike].includes(extname(name)) && !/^(schema|package|package-lock|tsconfig)\b/.test(name)).sort();
}
