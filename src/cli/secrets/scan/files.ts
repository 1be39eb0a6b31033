import { execFile } from 'node:child_process';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';

/** Larger files are data, not settings. */
const largest = 1024 * 1024;
const passedOver = new Set(['.git', '.plinth', '.vagrant', 'node_modules', 'dist', 'coverage', '.terraform']);
/** Hashes by the hundred, and nothing of ours. */
const generated = /(^|\/)(package-lock\.json|pnpm-lock\.yaml|yarn\.lock|go\.sum|Cargo\.lock|flake\.lock)$/;

/** A text file of the tree. */
export interface TextFile {
  /** Relative to where the command runs. */
  readonly name: string;
  readonly text: string;
}

/** What could be shared: what git knows of or would take, without what it ignores; outside of a repository, all but build folders. */
export async function* textFiles(paths: readonly string[], cwd: string): AsyncIterable<TextFile> {
  const names = (await gitFiles(paths, cwd)) ?? (await Promise.all((paths.length > 0 ? paths : ['.']).map((path) => walk(resolve(cwd, path), cwd)))).flat();
  for (const name of [...new Set(names)].toSorted()) {
    if (generated.test(name)) continue;
    const path = resolve(cwd, name);
    const found = await lstat(path).catch(() => undefined);
    if (!found?.isFile() || found.size > largest) continue;
    const bytes = await readFile(path).catch(() => undefined);
    if (bytes && !bytes.subarray(0, 8192).includes(0)) yield { name, text: bytes.toString('utf8') };
  }
}

/** Undefined where git is not there or this is no repository. */
function gitFiles(paths: readonly string[], cwd: string): Promise<readonly string[] | undefined> {
  return new Promise((done) => {
    execFile('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...paths], { cwd, encoding: 'utf8', maxBuffer: 1 << 28 }, (error, stdout) => done(error ? undefined : stdout.split('\0').filter((name) => name !== '')));
  });
}

async function walk(path: string, cwd: string): Promise<readonly string[]> {
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isDirectory()) return found?.isFile() === true ? [relative(cwd, path)] : [];
  const entries = await readdir(path);
  return (await Promise.all(entries.filter((name) => !passedOver.has(name)).map((name) => walk(join(path, name), cwd)))).flat();
}
