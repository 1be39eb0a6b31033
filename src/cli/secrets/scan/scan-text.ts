import { extname } from 'node:path';
import { inIni, inYaml, type Pattern, patterns } from './patterns.ts';

/** A secret that stands in a text: where, and of which form. Never the secret itself. */
export interface Found {
  readonly what: string;
  readonly line: number;
  readonly col: number;
  /** The setting it is the value of, where it is one. */
  readonly key?: string;
}

/** A comment that lets a finding pass: on its line, or on a line of its own above. */
const allowed = /plinth:allow-secret\b/;

const yamlLike = new Set(['.yaml', '.yml', '.json']);
const iniLike = new Set(['.ini', '.cfg', '.conf', '.env', '.tfvars', '.properties', '']);

/** Everything in a text that looks like a secret, in order. `name` says by which rules it is read. */
export function scanText(text: string, name: string): readonly Found[] {
  const kind = /(^|\/)\.env(\..*)?$/.test(name) ? '.env' : extname(name);
  const asked = [...patterns, ...(yamlLike.has(kind) ? [inYaml] : []), ...(iniLike.has(kind) ? [inIni] : [])].filter(({ sign }) => sign.test(text));
  if (asked.length === 0) return [];
  const lines = text.split('\n');
  const starts = [0];
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length + 1);
  const found = new Map<number, Found>();
  for (const pattern of asked) {
    for (const one of findings(pattern, text, lines, starts)) {
      // Patterns come the most telling first, and one finding a line is enough to go there.
      if (!found.has(one.line)) found.set(one.line, one);
    }
  }
  return [...found.values()].toSorted((a, b) => a.line - b.line);
}

function* findings({ what, expression, not }: Pattern, text: string, lines: readonly string[], starts: readonly number[]): Iterable<Found> {
  for (const match of text.matchAll(expression)) {
    const value = match.slice(1).find((group) => group !== undefined) ?? match[0];
    const at = match.index + match[0].lastIndexOf(value);
    const line = lineAt(starts, at);
    const written = lines[line - 1] ?? '';
    if (not?.(value, written) || allowed.test(written) || (allowed.test(lines[line - 2] ?? '') && /^\s*([#;]|\/\/)/.test(lines[line - 2] ?? ''))) continue;
    const key = what === 'a secret in plain text' ? /([\w.-]+)["']?\s*[:=][^:=]*$/.exec(text.slice(match.index, at))?.[1] : undefined;
    yield { what, line, col: at - (starts[line - 1] ?? 0) + 1, ...(key === undefined ? {} : { key }) };
  }
}

function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
