import { encodingsOf, shortest } from './encodings.ts';
import type { Masker } from './options.ts';

/** What stands for a secret in everything that is told or stored. */
export const mask = '***';

/**
 * Hides values that were added, and their encodings, wherever they stand; overlapping ones are hidden as one.
 * A value of one or two characters is not hidden, since it would be found everywhere: `note` is told.
 */
export function createMasker(note: (message: string) => void = () => {}): Masker {
  const known = new Set<string>();
  let patterns: readonly string[] = [];

  const maskAll = (text: string): string => cover(text, matches(text, patterns));
  return {
    add(value) {
      if (value === '' || known.has(value)) return;
      known.add(value);
      if (value.trim().length < shortest) note(`a secret of fewer than ${shortest} characters cannot be hidden in output: it would be found everywhere`);
      else patterns = [...new Set([...patterns, ...encodingsOf(value)])].sort((a, b) => b.length - a.length);
    },
    mask: maskAll,
    stream() {
      let held = '';
      return {
        push(chunk) {
          const text = held + chunk;
          const found = matches(text, patterns);
          const end = settled(text, found, patterns);
          held = text.slice(end);
          return cover(text.slice(0, end), found.filter((span) => span.to <= end));
        },
        end() {
          const rest = maskAll(held);
          held = '';
          return rest;
        },
      };
    },
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where patterns stand, in order, overlapping ones joined. */
function matches(text: string, patterns: readonly string[]): readonly Span[] {
  const spans: Span[] = [];
  for (const pattern of patterns) for (let from = text.indexOf(pattern); from >= 0; from = text.indexOf(pattern, from + 1)) spans.push({ from, to: from + pattern.length });
  spans.sort((a, b) => a.from - b.from);
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last && span.from < last.to) joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else joined.push(span);
  }
  return joined;
}

function cover(text: string, spans: readonly Span[]): string {
  let shown = '';
  let at = 0;
  for (const { from, to } of spans) {
    shown += text.slice(at, from) + mask;
    at = to;
  }
  return shown + text.slice(at);
}

/** How far a text cannot change by what follows: up to the first place where a pattern may have begun. */
function settled(text: string, found: readonly Span[], patterns: readonly string[]): number {
  let end = text.length;
  for (const pattern of patterns) {
    const first = pattern.charAt(0);
    for (let from = text.indexOf(first, Math.max(0, text.length - pattern.length + 1)); from >= 0 && from < end; from = text.indexOf(first, from + 1)) {
      if (pattern.startsWith(text.slice(from))) end = from;
    }
  }
  const across = found.find((span) => span.from < end && end < span.to);
  return across ? across.from : end;
}
