import { rmSync } from 'node:fs';
import { mkdtemp, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux's tmpfs and ramfs, as statfs names them: what lies there never reaches a disk but by swap. */
const inMemory = new Set([0x01021994, 0x858458f6]);
const prefix = 'plinth-secrets-';

export interface PrivateFile {
  readonly path: string;
  /** The folder it lies in is in memory only. */
  readonly inMemory: boolean;
  /** Takes the whole folder away, with whatever an editor left beside the file. May be called twice. */
  remove(): void;
}

/** A file for your eyes only, in a folder of its own (editors write copies beside it), in memory where the system has such a place. */
export async function privateFile(name: string, text: string, env: Readonly<Record<string, string | undefined>>): Promise<PrivateFile> {
  const root = await memoryFolder(env);
  await sweep(root ?? tmpdir());
  const dir = await mkdtemp(join(root ?? tmpdir(), `${prefix}${process.pid}-`));
  const path = join(dir, name);
  await writeFile(path, text, { mode: 0o600 });
  return { path, inMemory: root !== undefined, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

async function memoryFolder(env: Readonly<Record<string, string | undefined>>): Promise<string | undefined> {
  for (const folder of [env.XDG_RUNTIME_DIR, '/dev/shm']) {
    if (!folder?.startsWith('/')) continue;
    const found = await statfs(folder).catch(() => undefined);
    if (found && inMemory.has(found.type)) return folder;
  }
  return undefined;
}

/** What a process that was killed left behind. Others' folders cannot be removed, and are none of ours. */
async function sweep(root: string): Promise<void> {
  for (const name of await readdir(root).catch(() => [])) {
    const pid = name.startsWith(prefix) ? Number(/^\d+/.exec(name.slice(prefix.length))?.[0]) : 0;
    if (pid > 0 && !isAlive(pid)) await rm(join(root, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
