import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { PlinthError } from '../../contract/diagnostic.ts';
import { type PositionMap, registerPositions, shorten } from '../callsite.ts';
import { cacheFile, readCache, writeCache } from './cache.ts';
import { compile } from './compile.ts';
import { sha256 } from './digest.ts';
import { compiledName, evaluateCode } from './evaluate-code.ts';
import type { LoadOptions } from './options.ts';
import { createPositions } from './positions.ts';
import { thrown } from './thrown.ts';

export interface LoadedModule {
  /** Absolute path of the file that was asked for. */
  readonly entry: string;
  readonly exports: Readonly<Record<string, unknown>>;
  /** sha256 of the compiled text: the same where nothing that matters has changed. */
  readonly digest: string;
  readonly positions: PositionMap;
}

/**
 * Loads a TypeScript (or JavaScript) file of the user's with all it imports.
 * @throws PlinthError, cause `playbook`, with file:line:col for what does not compile, cannot be found or throws.
 */
export async function loadModule(path: string, options: LoadOptions): Promise<LoadedModule> {
  const entry = resolve(path);
  await refuseMissing(entry);
  const file = cacheFile(options.cacheDir, options.version, entry);
  let compiled = await readCache(file);
  if (!compiled) {
    compiled = await compile(entry, new Set(options.provided.keys()));
    await writeCache(file, compiled);
  }
  const positions = createPositions(compiled.map, entry.slice(0, entry.lastIndexOf('/')));
  registerPositions(compiledName(entry), positions);
  try {
    const exports = await evaluateCode(entry, compiled, options);
    return { entry, exports: isRecord(exports) ? exports : { default: exports }, digest: sha256(compiled.code), positions };
  } catch (error) {
    throw thrown(error, entry, positions);
  }
}

async function refuseMissing(entry: string): Promise<void> {
  const found = await stat(entry).catch(() => undefined);
  if (found?.isFile()) return;
  const summary = found ? `${shorten(entry)} is not a file` : `there is no file ${shorten(entry)}`;
  throw new PlinthError({ cause: 'playbook', summary, hint: '`plinth list` shows the playbooks in ./playbooks.' });
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
