import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readlinkSync, readSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlinthError } from '../contract/diagnostic.ts';
import type { LocalFile } from '../contract/local.ts';
import { fileSource } from './file-source.ts';

/** A folder of this machine as it was when the playbook was loaded; the module `copy` puts it in place. Paths are relative, parted by slashes, sorted. */
export interface LocalTree {
  /** Where it is, for people. */
  readonly name: string;
  readonly files: LocalFile[];
  /** Symbolic links, with their targets as they are written. */
  readonly links: { readonly path: string; readonly target: string }[];
  /** All folders below it, empty ones too. */
  readonly directories: string[];
}

export interface LocalTreeOptions {
  /** Names of files and folders that are left out wherever they are. */
  readonly skip?: readonly string[];
}

/**
 * Reads a folder beside the playbook: `localTree(new URL('./site/', import.meta.url))`, or a path. Contents are only hashed.
 * @throws PlinthError (`playbook`) where it cannot be read, or holds what is no file, folder or link.
 */
export function localTree(folder: URL | string, { skip = [] }: LocalTreeOptions = {}): LocalTree {
  const root = typeof folder === 'string' ? folder : fileURLToPath(folder);
  const name = relative(process.cwd(), root) || '.';
  const tree = { name, files: [] as LocalFile[], links: [] as { path: string; target: string }[], directories: [] as string[] };
  const walk = (below: string): void => {
    for (const entry of readdirSync(join(root, below), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (skip.includes(entry.name)) continue;
      if (/[\n\\]/.test(entry.name)) throw unreadable(`${name}/${path}`, 'its name holds a newline or a backslash');
      if (entry.isDirectory()) {
        tree.directories.push(path);
        walk(path);
      } else if (entry.isSymbolicLink()) tree.links.push({ path, target: readlinkSync(join(root, path)) });
      else if (entry.isFile()) tree.files.push(localFile(root, path, `${name}/${path}`));
      else throw unreadable(`${name}/${path}`, 'it is no file, folder or link');
    }
  };
  try {
    walk('');
  } catch (error) {
    if (error instanceof PlinthError) throw error;
    throw unreadable(name, error instanceof Error ? error.message : String(error), error);
  }
  return tree;
}

function localFile(root: string, path: string, shown: string): LocalFile {
  const file = join(root, path);
  const sha256 = digestOf(file);
  const { size, mode } = statSync(file);
  const changed = (): PlinthError => new PlinthError({ cause: 'playbook', summary: `${shown} was changed since the playbook was loaded`, detail: 'it is not what was planned', hint: 'Run it again.' });
  return { path, sha256, size, executable: (mode & 0o100) !== 0, content: fileSource({ file, label: `content of ${shown}`, sha256, size, changed }) };
}

/** Of a file of any size, a piece at a time. */
function digestOf(file: string): string {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(1024 * 1024);
  const opened = openSync(file, 'r');
  try {
    for (let length; (length = readSync(opened, piece)) > 0; ) hash.update(piece.subarray(0, length));
  } finally {
    closeSync(opened);
  }
  return hash.digest('hex');
}

const unreadable = (name: string, why: string, error?: unknown): PlinthError => new PlinthError({ cause: 'playbook', summary: `${name} cannot be copied`, detail: why, hint: 'Check the folder that localTree is given.' }, { cause: error });
