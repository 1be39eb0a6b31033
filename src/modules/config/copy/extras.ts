import type { Tree } from '../../../contract/index.ts';

/** What is there and not wanted. Of a directory that goes with all it holds, only the directory is named. */
export function extrasOf(found: Tree, wanted: readonly string[]): { readonly path: string; readonly what: string }[] {
  const keep = new Set(wanted);
  const extra = new Set(Object.keys(found).filter((path) => !keep.has(path)));
  const isBelowExtra = (path: string): boolean => path.split('/').some((_, depth, parts) => depth > 0 && extra.has(parts.slice(0, depth).join('/')));
  return [...extra].sort().filter((path) => !isBelowExtra(path)).map((path) => ({ path, what: whatIs(found, path) }));
}

function whatIs(found: Tree, path: string): string {
  const one = found[path];
  if (one?.type !== 'directory') return one?.type === 'file' ? `file of ${one.size} bytes` : (one?.type ?? 'something');
  return `directory of ${Object.keys(found).filter((other) => other.startsWith(`${path}/`)).length}`;
}
