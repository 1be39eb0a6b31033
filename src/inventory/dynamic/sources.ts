import { cached, type SourceCache } from './cache.ts';
import { command } from './command.ts';
import type { Source, SourceTree } from './source.ts';
import { sshConfigHosts } from './sshConfigHosts.ts';
import { terraform } from './terraform.ts';
import { vagrant } from './vagrant.ts';

/** Every dynamic source, by what stands before the colon. */
export const sources: readonly Source[] = [vagrant, terraform, command, sshConfigHosts];

/** A path that names a source: `NAME:ARGUMENT`. */
export function sourceOf(path: string): { readonly source: Source; readonly argument: string } | undefined {
  const source = sources.find(({ name }) => path.startsWith(`${name}:`));
  return source && { source, argument: path.slice(source.name.length + 1) };
}

/** How long one program may take, in ms. */
const longest = 120_000;

/** The answer of a source, from the cache where it is young enough. @throws PlinthError where there is none. */
export const askSource = (source: Source, argument: string, around: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> }, cache: SourceCache): Promise<SourceTree> =>
  cached(source, argument, cache, () => source.load(argument, { cwd: around.cwd, env: around.env, timeout: longest }));
