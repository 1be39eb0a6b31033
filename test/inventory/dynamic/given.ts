import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { anything } from '../ansible/given.ts';
import { folderWith } from '../given.ts';
import { type Inventory, type InventoryOptions, loadInventory } from '../../../src/inventory/index.ts';

/** A folder in which programs of these names answer with what their sh text prints; nothing else is on the PATH but sh and cat. */
export async function folderWithPrograms(programs: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const cwd = await folderWith({ 'bin/.keep': '', ...files });
  for (const [name, body] of Object.entries(programs)) {
    await writeFile(join(cwd, 'bin', name), `#!/bin/sh\n${body}\n`);
    await chmod(join(cwd, 'bin', name), 0o755);
  }
  return cwd;
}

export const loadFrom = (cwd: string, path: string | readonly string[], options: Partial<InventoryOptions> = {}): Promise<Inventory> => loadInventory(path, anything, { cwd, env: { HOME: cwd, PATH: `${join(cwd, 'bin')}:/usr/bin:/bin` }, ...options });
