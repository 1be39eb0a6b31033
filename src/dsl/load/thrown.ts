import { type Diagnostic, PlinthError } from '../../contract/diagnostic.ts';
import type { Located } from '../../contract/located.ts';
import { BodyError } from '../body-error.ts';
import { type PositionMap, shorten } from '../callsite.ts';
import { compiledName } from './evaluate-code.ts';

/** Turns what a user's own code threw into a diagnostic that names the user's own line. */
export function thrown(given: unknown, entry: string, positions: PositionMap): PlinthError {
  if (given instanceof PlinthError) return given;
  const { error, within } = given instanceof BodyError ? { error: given.cause, within: { play: given.play, host: given.host } } : { error: given, within: {} };
  const told = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const places = [...stack.matchAll(new RegExp(`${escaped(compiledName(entry))}:(\\d+):(\\d+)`, 'g'))]
    .map(([, line, col]) => positions(Number(line), Number(col)))
    .filter((place) => place !== undefined);
  const missing = /^Cannot find (?:module|package) '([^']+)'/.exec(error instanceof Error ? error.message : '')?.[1];
  const diagnostic: Diagnostic =
    missing === undefined
      ? { cause: 'playbook', summary: `the playbook threw ${told}`, ...within, at: [places[0] ?? start(entry)], ...(places.length > 1 ? { detail: `called from ${places.slice(1, 4).map(show).join(', ')}` } : {}) }
      : { cause: 'playbook', summary: `cannot find "${missing}"`, at: [places[0] ?? start(entry)], hint: `Install it in the folder of your playbooks: npm install ${missing}` };
  return new PlinthError(diagnostic, { cause: error });
}

const start = (entry: string): Located => ({ file: shorten(entry), line: 1, col: 1 });
const show = ({ file, line }: Located): string => `${file}:${line}`;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
