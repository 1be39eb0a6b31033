import type { BuildFailure, Message } from 'esbuild';
import { basename, dirname, join, resolve } from 'node:path';
import { type Diagnostic, PlinthError } from '../../contract/diagnostic.ts';
import { shorten } from '../callsite.ts';
import type { Compiled, Input } from './compiled.ts';
import { fileDigest } from './digest.ts';
import { importMeta } from './import-meta.ts';
import { resolver } from './resolver.ts';

/**
 * Bundles a file with everything of the user's own that it imports. esbuild is loaded here and nowhere else, and only
 * when the cache has nothing.
 * @throws PlinthError with every syntax error and unknown import, located.
 */
export async function compile(entry: string, provided: ReadonlySet<string>): Promise<Compiled> {
  const { build, stop } = await import('esbuild');
  const externals = new Set<string>();
  try {
    const result = await build({
      entryPoints: [entry],
      absWorkingDir: dirname(entry),
      outfile: `${entry}.cjs`,
      bundle: true,
      write: false,
      metafile: true,
      sourcemap: 'external',
      sourcesContent: false,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      charset: 'utf8',
      // Node 20 forgets how to import() in code that comes from V8's cache; require() serves as well.
      supported: { 'dynamic-import': false },
      logLevel: 'silent',
      loader: { '.hbs': 'text', '.txt': 'text', '.sh': 'text', '.yaml': 'text', '.yml': 'text' },
      define: importMeta.define,
      plugins: [resolver(provided, externals), importMeta.plugin],
    });
    const text = (end: string): string => result.outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
    const files = Object.keys(result.metafile.inputs).map((path) => resolve(dirname(entry), path));
    return { code: text('.cjs'), map: text('.map'), inputs: await digests([...files, ...settingsAround(entry)]), externals: [...externals] };
  } catch (error) {
    throw isBuildFailure(error) ? new PlinthError(error.errors.map((message) => explain(message, entry))) : error;
  } finally {
    await stop();
  }
}

const digests = (files: readonly string[]): Promise<Input[]> => Promise.all(files.map(async (path) => ({ path, sha256: await fileDigest(path) })));

/** Files that steer the compiler though nobody imports them, in the entry's folder and all above it. */
function settingsAround(entry: string): string[] {
  const found: string[] = [];
  for (let dir = dirname(entry); ; dir = dirname(dir)) {
    found.push(join(dir, 'tsconfig.json'), join(dir, 'package.json'));
    if (dir === dirname(dir)) return found;
  }
}

const isBuildFailure = (error: unknown): error is BuildFailure => error instanceof Error && 'errors' in error && Array.isArray(error.errors);

function explain({ text, location, notes }: Message, entry: string): Diagnostic {
  const missing = /^Could not resolve "(.+)"/.exec(text)?.[1];
  const detail = [location?.lineText, ...notes.map((note) => note.text)].filter((line) => line !== undefined && line !== '').join('\n');
  return {
    cause: 'playbook',
    summary: missing === undefined ? text : `cannot find "${missing}"`,
    ...(detail === '' ? {} : { detail }),
    ...(missing === undefined ? {} : { hint: missing.startsWith('.') ? 'Check the path; it is looked for beside the file that imports it.' : `Install it in the folder of your playbooks: npm install ${missing}` }),
    at: [location ? { file: shorten(resolve(dirname(entry), location.file)), line: location.line, col: location.column + 1 } : { file: shorten(join(dirname(entry), basename(entry))), line: 1, col: 1 }],
  };
}
