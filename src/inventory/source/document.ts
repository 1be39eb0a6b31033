import { type Diagnostic, PlinthError } from '../../contract/index.ts';
import { checkLayout } from '../layout/check.ts';
import { displayPath, isModule, readInventoryFile } from './file.ts';
import { readModule } from './module.ts';
import type { Table } from './tree.ts';
import { parseYaml, type SecretOf } from './yaml.ts';

/** Gives the exports of a TypeScript or JavaScript file, by absolute path. */
export type Loader = (path: string) => Promise<unknown>;

export interface Document {
  readonly tree: Table;
  readonly warnings: readonly Diagnostic[];
}

/** One inventory file, read and of the right form. @throws PlinthError. */
export async function readDocument(path: string, cwd: string, secretOf: SecretOf, load: Loader | undefined): Promise<Document> {
  const file = displayPath(path, cwd);
  const text = await readInventoryFile(path, cwd);
  if (!isModule(path)) {
    const { tree, warnings } = parseYaml(text, file, secretOf);
    return { tree: checkLayout(tree), warnings };
  }
  if (!load) throw new PlinthError({ cause: 'inventory', summary: `${file} is a module, and only YAML can be read here`, hint: 'write the inventory as YAML' });
  return { tree: checkLayout(await readModule(path, text, file, cwd, secretOf, load)), warnings: [] };
}
