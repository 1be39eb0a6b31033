import { resolve } from 'node:path';
import { z } from 'zod';
import { type PositionMap, shorten } from '../callsite.ts';

const sourceMap = z.object({ sources: z.array(z.string()), mappings: z.string() });
const digits = new Map(Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', (c, i) => [c, i]));

/** A generated column and the source position it comes from, all counted from 0. */
interface Segment {
  readonly at: number;
  readonly source: number;
  readonly line: number;
  readonly col: number;
}

/** Leads positions of a compiled file back to the user's own. The map is decoded when the first one is asked for. */
export function createPositions(map: string, dir: string): PositionMap {
  let decoded: { readonly lines: readonly (readonly Segment[])[]; readonly files: readonly string[] } | undefined;
  return (line, col) => {
    decoded ??= decode(map, dir);
    const segment = decoded.lines[line - 1]?.findLast(({ at }) => at <= col - 1);
    if (!segment) return undefined;
    const file = decoded.files[segment.source];
    return file === undefined ? undefined : { file, line: segment.line + 1, col: segment.col + 1 };
  };
}

function decode(map: string, dir: string): { lines: Segment[][]; files: string[] } {
  const { sources, mappings } = sourceMap.parse(JSON.parse(map));
  let [source, line, col] = [0, 0, 0];
  const lines = mappings.split(';').map((text) => {
    let at = 0;
    const segments: Segment[] = [];
    for (const field of text === '' ? [] : text.split(',')) {
      const [move = 0, ...rest] = numbers(field);
      at += move;
      if (rest.length < 3) continue;
      source += rest[0] ?? 0;
      line += rest[1] ?? 0;
      col += rest[2] ?? 0;
      segments.push({ at, source, line, col });
    }
    return segments;
  });
  return { lines, files: sources.map((path) => shorten(resolve(dir, path))) };
}

/** Base 64 VLQ: five bits a digit, the lowest first, the sixth says that more follow, the lowest bit of all is the sign. */
function numbers(text: string): number[] {
  const found: number[] = [];
  let [value, shift] = [0, 0];
  for (const c of text) {
    const digit = digits.get(c) ?? 0;
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    found.push(value & 1 ? -(value >> 1) : value >> 1);
    [value, shift] = [0, 0];
  }
  return found;
}
