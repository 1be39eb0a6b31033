import { open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { runProgram } from '../dynamic/program.ts';
import { displayPath } from '../source/file.ts';
import type { Table } from '../source/tree.ts';
import { type AnsibleInventory, hostNamed } from './inventory.ts';
import { hasHostVars, readListing } from './listing.ts';
import type { Around } from './read.ts';
import { parseAnsibleYaml } from './yaml.ts';

/** A file that may be run and says by which program; the mode alone means little on file systems from Windows. */
export async function isScript(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile() || (found.mode & 0o111) === 0) return false;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    const start = buffer.subarray(0, bytesRead).toString('latin1');
    return start.startsWith('#!') || start === '\x7fELF';
  } finally {
    await file.close();
  }
}

/** How long a script may take, in ms. */
const longest = 120_000;

/**
 * Asks an inventory script by Ansible's protocol: `--list`, and `--host NAME` for each host where the listing has no `_meta`.
 * Places in its output are called `SCRIPT --list`.
 */
export async function runScript(path: string, { cwd, env }: Around, into: AnsibleInventory): Promise<void> {
  const shown = displayPath(path, cwd);
  const run = (args: readonly string[]): Promise<string> => runProgram({ argv: [path, ...args], cwd: dirname(path), env, timeout: longest, source: shown });
  const { tree } = parseAnsibleYaml(await run(['--list']), `${shown} --list`);
  readListing(tree, into);
  if (hasHostVars(tree)) return;
  const answers = await Promise.all([...into.hosts.keys()].map(async (name): Promise<readonly [string, Table | undefined]> => {
    const { tree: vars } = parseAnsibleYaml((await run(['--host', name])) || '{}', `${shown} --host ${name}`);
    return [name, vars.kind === 'table' ? vars : undefined];
  }));
  for (const [name, vars] of answers) if (vars) hostNamed(into, name, vars.at).inFile.push(vars);
}
