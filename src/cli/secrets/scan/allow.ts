import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Files that may hold what looks like secrets, such as fixtures: one path or glob a line. */
export const allowFile = '.secretsallow';

/** Whether a file was allowed as a whole. `**` goes over folders, `*` and `?` stay in one; a folder stands for all in it. */
export async function readAllowed(cwd: string): Promise<(name: string) => boolean> {
  const text = await readFile(join(cwd, allowFile), 'utf8').catch(() => '');
  const globs = text.split(/\r?\n/).map((line) => line.replace(/\s*#.*$/, '').trim()).filter((line) => line !== '').map(expressionOf);
  return (name) => globs.some((glob) => glob.test(name));
}

function expressionOf(glob: string): RegExp {
  const parts = glob.replace(/^\.?\//, '').replace(/\/$/, '').split(/(\*\*\/?|\*|\?)/).map((part) => {
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.startsWith('**')) return part.endsWith('/') ? '(?:.*/)?' : '.*';
    return part.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}(?:/.*)?$`);
}
