import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

export interface ConfigLine {
  /** In lower case. */
  readonly keyword: string;
  readonly value: string;
}

/** The lines of an ssh_config in order, `Include`d files in their place; none where there is no such file. */
export async function configLines(file: string, depth = 0): Promise<ConfigLine[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines: ConfigLine[] = [];
  for (const raw of text.split('\n')) {
    const [, keyword = '', value = ''] = /^\s*([A-Za-z]\w*)(?:\s*=\s*|\s+)(.*?)\s*$/.exec(raw) ?? [];
    if (keyword === '') continue;
    if (keyword.toLowerCase() !== 'include' || depth > 8) lines.push({ keyword: keyword.toLowerCase(), value });
    else for (const one of await included(file, value)) lines.push(...(await configLines(one, depth + 1)));
  }
  return lines;
}

/**
 * What the lines say of a host, without asking ssh: `Host` blocks with patterns and negation; the first value of a
 * keyword wins, as in ssh, save that identity files add up. `Match` blocks other than `all` hold for nobody.
 */
export function matching(lines: readonly ConfigLine[], host: string): ConfigLine[] {
  const found: ConfigLine[] = [];
  let holds = true;
  for (const line of lines) {
    if (line.keyword === 'host') holds = matchesPatterns(line.value.split(/\s+/), host);
    else if (line.keyword === 'match') holds = line.value.toLowerCase() === 'all';
    else if (holds && (/^(identity|certificate)file$/.test(line.keyword) || !found.some(({ keyword }) => keyword === line.keyword))) found.push(line);
  }
  return found;
}

/** OpenSSH's pattern lists: `*`, `?`, and `!` which always wins. */
export function matchesPatterns(patterns: readonly string[], name: string): boolean {
  const matches = (pattern: string): boolean => new RegExp(`^${pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i').test(name);
  return !patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1))) && patterns.some((pattern) => !pattern.startsWith('!') && matches(pattern));
}

async function included(from: string, value: string): Promise<string[]> {
  const names = value.split(/\s+/).map((name) => (name.startsWith('~/') ? join(homedir(), name.slice(2)) : name.startsWith('/') ? name : join(dirname(from), name)));
  const lists = await Promise.all(
    names.map(async (name) => {
      if (!/[*?]/.test(basename(name))) return [name];
      const entries = await readdir(dirname(name)).catch(() => []);
      return entries.filter((entry) => !entry.startsWith('.') && matchesPatterns([basename(name)], entry)).sort().map((entry) => join(dirname(name), entry));
    }),
  );
  return lists.flat();
}
