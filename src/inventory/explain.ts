import { Late, PlinthError } from '../contract/index.ts';
import { nearest } from '../contract/nearest.ts';
import { isPlain } from './check/plain.ts';
import type { Explained, Source } from './inventory.ts';
import { type Merged, valueOf } from './merge/merge.ts';
import type { Word } from './merge/layers.ts';
import { plain } from './source/tree.ts';

/** Every leaf of a host's variables (or connection), with everything that was said about it. `parsed` is what the playbook sees. */
export function explainSection(section: 'vars' | 'ssh', merged: Merged | undefined, parsed: unknown): readonly Explained[] {
  return [...leaves(merged, parsed, [])].map(({ path, sources, value }) => ({ section, name: (section === 'ssh' ? ['ssh', ...path] : path).join('.'), path, value: shown(value), sources }));
}

/** Those at and below a path. @throws PlinthError `usage` where there are none. */
export function explainedAt(all: readonly Explained[], host: string, path: string | readonly string[]): readonly Explained[] {
  const name = typeof path === 'string' ? path : path.join('.');
  const found = all.filter((one) => one.name === name || one.name.startsWith(`${name}.`));
  if (found.length > 0) return found;
  const names = new Set(all.flatMap((one) => one.name.split('.').map((_, index, parts) => parts.slice(0, index + 1).join('.'))));
  const meant = nearest(name, names);
  const top = [...new Set(all.filter((one) => one.section === 'vars').map((one) => one.path[0] ?? ''))];
  throw new PlinthError({ cause: 'usage', summary: `${host} has no variable "${name}"`, hint: meant ? `did you mean "${meant}"?` : top.length > 0 ? `it has: ${top.join(', ')}` : 'it has none' });
}

function* leaves(merged: Merged | undefined, parsed: unknown, path: readonly string[]): Iterable<{ path: readonly string[]; sources: readonly Source[]; value: unknown }> {
  const keys = new Set([...(merged?.children?.keys() ?? []), ...(isPlain(parsed) ? Object.keys(parsed) : [])]);
  const isMap = merged ? merged.children !== undefined && (isPlain(parsed) || parsed === undefined) : isPlain(parsed);
  if (isMap && keys.size > 0) {
    for (const key of keys) yield* leaves(merged?.children?.get(key), isPlain(parsed) ? parsed[key] : undefined, [...path, key]);
    return;
  }
  if (path.length === 0) return;
  if (!merged) {
    if (parsed !== undefined) yield { path, value: parsed, sources: [{ layer: 'schema', value: shown(parsed), won: true }] };
    return;
  }
  const value = parsed === undefined ? valueOf(merged) : parsed;
  yield { path, value, sources: merged.words.map((word) => source(word, word === merged.winner)) };
}

const source = ({ layer, tree }: Word, won: boolean): Source => ({ layer: layer.name, at: { file: tree.at.file, line: tree.at.line, col: tree.at.col }, value: shown(plain(tree)), won });

/** Secrets and other late values by their label, also within lists. */
function shown(value: unknown): unknown {
  if (value instanceof Late) return value.toJSON();
  if (Array.isArray(value)) return value.map(shown);
  return isPlain(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shown(item)])) : value;
}
