import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Source, SourceTree } from './source.ts';

/** Where answers of dynamic sources are kept. */
export interface SourceCache {
  /** A folder of its own; absent: nothing is kept. */
  readonly dir?: string;
  /** Asks anew whatever is kept. */
  readonly refresh?: boolean;
  /** Tells the operator that an answer is not of this moment. */
  note?(text: string): void;
  /** Ms since 1970. Default: the clock of this machine. */
  now?(): number;
}

const kept = z.object({ source: z.string(), argument: z.string(), at: z.number(), text: z.string(), label: z.string() });

/** The kept answer of a source where it is young enough, else a new one, which is kept. A cache that cannot be written is none. */
export async function cached(source: Source, argument: string, cache: SourceCache, load: () => Promise<SourceTree>): Promise<SourceTree> {
  const { dir, refresh = false, note, now = Date.now } = cache;
  if (dir === undefined || source.age === undefined) return load();
  const name = `${source.name}:${argument}`;
  const file = join(dir, `${createHash('sha256').update(name).digest('hex').slice(0, 16)}.json`);
  const found = refresh ? undefined : await readKept(file);
  const age = found === undefined ? Infinity : now() - found.at;
  if (found && found.source === source.name && found.argument === argument && age >= 0 && age < source.age) {
    note?.(`${name}: from the cache, ${Math.round(age / 1000)} s old (--refresh asks again)`);
    return { text: found.text, label: found.label };
  }
  const tree = await load();
  await keep(dir, file, { source: source.name, argument, at: now(), ...tree }).catch(() => undefined);
  return tree;
}

async function readKept(file: string): Promise<z.output<typeof kept> | undefined> {
  try {
    return kept.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Readable by its owner only: outputs of Terraform may hold what is nobody's business. */
async function keep(dir: string, file: string, entry: z.output<typeof kept>): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const staged = `${file}.${process.pid}`;
  await writeFile(staged, JSON.stringify(entry), { mode: 0o600 });
  await rename(staged, file);
}
