import { PlinthError } from '../../contract/index.ts';

/** A slip such as `[1:1000000]` should not cost the machine its memory. */
const mostNames = 10_000;
const range = /\[([^\][]*)\]/g;

/** Whether a text holds a range at all. */
export const isRange = (pattern: string): boolean => /\[[^\][]*:[^\][]*\]/.test(pattern);

/**
 * `node[01:12]`, `[a:f]`, `[1:9:2]`, several in one name: all the names, the last range counting fastest.
 * A width is kept when the start has leading zeros.
 * @throws PlinthError without a place: the caller knows it.
 */
export function expandRange(pattern: string): readonly string[] {
  const names = readRange(pattern);
  if (typeof names !== 'string') return names;
  throw new PlinthError({ cause: 'inventory', summary: `${pattern}: ${names}`, hint: 'ranges are written [1:3], [01:12], [a:f] or, with a step, [1:9:2]' });
}

/** The names, or what is wrong with the ranges. */
export function readRange(pattern: string): readonly string[] | string {
  const parts: (readonly string[])[] = [];
  let end = 0;
  for (const match of pattern.matchAll(range)) {
    const found = members(match[1] ?? '');
    if (typeof found === 'string') return found;
    parts.push([pattern.slice(end, match.index)], found);
    end = match.index + match[0].length;
  }
  parts.push([pattern.slice(end)]);
  const size = parts.reduce((product, part) => product * part.length, 1);
  if (size > mostNames) return `stands for ${size} names; the most is ${mostNames}`;
  return parts.reduce<readonly string[]>((names, part) => names.flatMap((name) => part.map((next) => name + next)), ['']);
}

function members(text: string): readonly string[] | string {
  const found = /^(\d+|[a-z]|[A-Z]):(\d+|[a-z]|[A-Z])(?::(\d+))?$/.exec(text);
  if (!found) return `[${text}] is not a range; ranges are written [1:3], [01:12], [a:f] or [1:9:2]`;
  const [, from = '', to = '', by = '1'] = found;
  if (kind(from) !== kind(to)) return `[${text}] mixes ${kind(from)} and ${kind(to)}`;
  const letters = kind(from) !== 'digits';
  const padded = !letters && from.length > 1 && from.startsWith('0');
  if (padded && to.length !== from.length) return `[${text}] has ends of different width`;
  const [start, last, step] = letters ? [from.charCodeAt(0), to.charCodeAt(0), Number(by)] : [Number(from), Number(to), Number(by)];
  if (step < 1) return `[${text}] has a step of 0`;
  if (last < start) return `[${text}] goes backwards`;
  if ((last - start) / step >= mostNames) return `[${text}] stands for more than ${mostNames} names`;
  const names: string[] = [];
  for (let at = start; at <= last; at += step) names.push(letters ? String.fromCharCode(at) : String(at).padStart(padded ? from.length : 0, '0'));
  return names;
}

const kind = (end: string): string => (/\d/.test(end) ? 'digits' : end === end.toLowerCase() ? 'small letters' : 'capitals');
