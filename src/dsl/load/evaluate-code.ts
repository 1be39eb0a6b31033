import { readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { replaceFile } from './cache.ts';
import type { Compiled } from './compiled.ts';
import { sha256 } from './digest.ts';
import type { LoadOptions } from './options.ts';

const before = '(function (exports, require, module, __filename, __dirname) {\n';

/** Runs a compiled file and gives what it exports. V8's own compilation of it is kept beside the cache. */
export async function evaluateCode(entry: string, { code, externals }: Compiled, { provided, cacheDir }: LoadOptions): Promise<unknown> {
  const own = new Map<string, object>();
  await Promise.all(
    externals.map(async (name) => {
      const load = provided.get(name);
      if (load) own.set(name, await load());
    }),
  );
  const fromProject = createRequire(entry);
  const require = (name: string): unknown => own.get(name) ?? fromProject(name);

  const dir = join(cacheDir, 'compiled');
  // V8 itself compares no more than the length of the text, hence the digest.
  const mine = sha256(entry).slice(0, 16);
  const name = `${mine}-${sha256(code).slice(0, 16)}-${process.version}-${process.arch}.v8`;
  const cachedData = await readFile(join(dir, name)).catch(() => undefined);
  const script = new Script(`${before}${code}\n})`, {
    filename: compiledName(entry),
    lineOffset: -1,
    ...(cachedData ? { cachedData } : {}),
  });
  const module: { exports: unknown } = { exports: {} };
  const run: unknown = script.runInThisContext();
  if (typeof run !== 'function') throw new Error(`${entry} compiled to nothing that runs`);
  run(module.exports, require, module, entry, dirname(entry));
  if (!cachedData || script.cachedDataRejected) await keep(dir, mine, name, script.createCachedData()).catch(() => undefined);
  return module.exports;
}

/** Of one entry, only the newest is kept. */
async function keep(dir: string, mine: string, name: string, data: Uint8Array): Promise<void> {
  await replaceFile(join(dir, name), data);
  const stale = (await readdir(dir)).filter((other) => other.startsWith(`${mine}-`) && other !== name);
  await Promise.all(stale.map((other) => rm(join(dir, other), { force: true })));
}

/** The name compiled code has in stack traces. */
export const compiledName = (entry: string): string => `${entry}.cjs`;
