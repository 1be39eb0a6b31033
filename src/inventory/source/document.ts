import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Diagnostic, PlinthError } from '../../contract/index.ts';
import type { SourceCache } from '../dynamic/cache.ts';
import { nearest } from '../../contract/nearest.ts';
import { checkLayout } from '../layout/check.ts';
import { addDocument, type Draft } from '../layout/draft.ts';
import { displayPath, isModule, readInventoryFile } from './file.ts';
import { readModule } from './module.ts';
import type { Tree } from './tree.ts';
import { parseYaml, type SecretOf } from './yaml.ts';

/** Gives the exports of a TypeScript or JavaScript file, by absolute path. */
export type Loader = (path: string) => Promise<unknown>;

/** One inventory, read. */
export interface Document {
  /** Adds what it says to the draft of all. @throws PlinthError where that cannot be. */
  add(draft: Draft): void;
  /** To be asked after `add`. */
  warnings(): readonly Diagnostic[];
  /** What was read, absolute where it is a file. */
  readonly file: string;
}

export interface ReadOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly secretOf: SecretOf;
  readonly load?: Loader | undefined;
  readonly cache?: SourceCache | undefined;
}

/**
 * One inventory: a YAML file of ours or a module, an inventory of Ansible (recognised, or said by `ansible:PATH`), or a dynamic
 * source (`NAME:ARGUMENT`). What reads the latter two is loaded where it is needed. @throws PlinthError.
 */
export async function readDocument(path: string, options: ReadOptions): Promise<Document> {
  if (path.startsWith('ansible:')) return ansible(path.slice('ansible:'.length), options);
  if (/^[a-z][a-z-]+:/.test(path)) {
    const dynamic = await fromSource(path, options);
    if (dynamic) return dynamic;
    if (!existsSync(resolve(options.cwd, path))) throw await unknownSource(path);
  }
  const { cwd } = options;
  const file = displayPath(path, cwd);
  const full = resolve(cwd, path);
  const found = await stat(full).catch(() => undefined);
  if (found?.isDirectory()) {
    const { isAnsibleFolder } = await import('../ansible/read.ts');
    if (await isAnsibleFolder(full)) return ansible(path, options);
  }
  if (found?.isFile() && (found.mode & 0o111) !== 0 && !isModule(path)) {
    const { isScript } = await import('../ansible/script.ts');
    if (await isScript(full)) return ansible(path, options);
  }
  const text = await readInventoryFile(path, cwd);
  if (isModule(path)) {
    if (!options.load) throw new PlinthError({ cause: 'inventory', summary: `${file} is a module, and only YAML can be read here`, hint: 'write the inventory as YAML' });
    return ours(await readModule(path, text, file, cwd, options.secretOf, options.load), [], full);
  }
  if (await isAnsibles(path, text)) return ansible(path, options);
  const { tree, warnings } = parseYaml(text, file, options.secretOf);
  return ours(tree, warnings, full);
}

function ours(tree: Tree, warnings: readonly Diagnostic[], file: string): Document {
  const checked = checkLayout(tree);
  return { add: (draft) => addDocument(draft, checked), warnings: () => warnings, file };
}

/** Most inventories are ours and say so by their first lines, which is told without a second look. */
async function isAnsibles(path: string, text: string): Promise<boolean> {
  if (/^(\$schema|vars|ssh|groups):/m.test(text) && /\.(ya?ml)$/.test(path) && !/^(all|ungrouped|plugin):/m.test(text)) return false;
  const { formOf } = await import('../ansible/recognise.ts');
  return formOf(path, text) !== 'plinth';
}

async function ansible(path: string, options: ReadOptions): Promise<Document> {
  const [{ readAnsible }, { addAnsible }] = await Promise.all([import('../ansible/read.ts'), import('../ansible/draft.ts')]);
  const inventory = await readAnsible(path, options);
  return { add: (draft) => addAnsible(draft, inventory, options), warnings: () => inventory.warnings, file: resolve(options.cwd, path) };
}

async function unknownSource(path: string): Promise<PlinthError> {
  const { sources } = await import('../dynamic/sources.ts');
  const names = ['ansible', ...sources.map(({ name }) => name)];
  const [given = ''] = path.split(':');
  const meant = nearest(given, names);
  return new PlinthError({ cause: 'inventory', summary: `${path}: there is no source "${given}:", and no file of this name`, hint: `${meant ? `did you mean ${meant}:? ` : ''}There are ${names.map((name) => `${name}:`).join(', ')}` });
}

async function fromSource(path: string, options: ReadOptions): Promise<Document | undefined> {
  const { askSource, sourceOf } = await import('../dynamic/sources.ts');
  const named = sourceOf(path);
  if (!named) return undefined;
  const { text, label } = await askSource(named.source, named.argument, options, options.cache ?? {});
  const [{ formOf }, { readAnsibleText }, { addAnsible }] = await Promise.all([import('../ansible/recognise.ts'), import('../ansible/read.ts'), import('../ansible/draft.ts')]);
  if (formOf(`${label}.json`, text) !== 'plinth') {
    const inventory = readAnsibleText(text, label);
    return { add: (draft) => addAnsible(draft, inventory, options), warnings: () => inventory.warnings, file: path };
  }
  const { tree, warnings } = parseYaml(text, label, options.secretOf);
  return ours(tree, warnings, path);
}
