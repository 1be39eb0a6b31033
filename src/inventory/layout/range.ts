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
  const parts: (readonly string[])[] = [];
  let end = 0;
  for (const match of pattern.matchAll(range)) {
    parts.push([pattern.slice(end, match.index)], members(match[1] ?? '', pattern));
    end = match.index + match[0].length;
  }
  parts.push([pattern.slice(end)]);
  const size = parts.reduce((product, part) => product * part.length, 1);
  if (size > mostNames) throw bad(pattern, `stands for ${size} names; the most is ${mostNames}`);
  return parts.reduce<readonly string[]>((names, part) => names.flatMap((name) => part.map((next) => name + next)), ['']);
}

function members(text: string, pattern: string): readonly string[] {
  const found = /^(\d+|[a-z]|[A-Z]):(\d+|[a-z]|[A-Z])(?::(\d+))?$/.exec(text);
  if (!found) throw bad(pattern, `[${text}] is not a range`);
  const [, from = '', to = '', by = '1'] = found;
  if (kind(from) !== kind(to)) throw bad(pattern, `[${text}] mixes ${kind(from)} and ${kind(to)}`);
  const letters = kind(from) !== 'digits';
  const padded = !letters && from.length > 1 && from.startsWith('0');
  if (padded && to.length !== from.length) throw bad(pattern, `[${text}] has ends of different width`);
  const [start, last, step] = letters ? [from.charCodeAt(0), to.charCodeAt(0), Number(by)] : [Number(from), Number(to), Number(by)];
  if (step < 1) throw bad(pattern, `[${text}] has a step of 0`);
  if (last < start) throw bad(pattern, `[${text}] goes backwards`);
  if ((last - start) / step > mostNames) throw bad(pattern, `[${text}] stands for more than ${mostNames} names`);
  const names: string[] = [];
  for (let at = start; at <= last; at += step) names.push(letters ? String.fromCharCode(at) : String(at).padStart(padded ? from.length : 0, '0'));
  return names;
}

const kind = (end: string): string => (/\d/.test(end) ? 'digits' : end === end.toLowerCase() ? 'small letters' : 'capitals');

const bad = (pattern: string, what: string): PlinthError =>
  new PlinthError({ cause: 'inventory', summary: `${pattern}: ${what}`, hint: 'ranges are written [1:3], [01:12], [a:f] or, with a step, [1:9:2]' });
