import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
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

  const kept = `${cacheDir}/compiled/${sha256(code).slice(0, 32)}-${process.version}-${process.arch}.v8`;
  const cachedData = await readFile(kept).catch(() => undefined);
  const script = new Script(`${before}${code}\n})`, {
    filename: compiledName(entry),
    lineOffset: -1,
    ...(cachedData ? { cachedData } : {}),
  });
  const module: { exports: unknown } = { exports: {} };
  const run: unknown = script.runInThisContext();
  if (typeof run !== 'function') throw new Error(`${entry} compiled to nothing that runs`);
  run(module.exports, require, module, entry, dirname(entry));
  if (!cachedData || script.cachedDataRejected) await replaceFile(kept, script.createCachedData()).catch(() => undefined);
  return module.exports;
}

/** The name compiled code has in stack traces. */
export const compiledName = (entry: string): string => `${entry}.cjs`;
