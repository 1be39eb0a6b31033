import { isDeepStrictEqual } from 'node:util';
import { type Module, PlinthError } from '../contract/index.ts';
import type { Case } from './case.ts';
import { parseArgs, type PlannedChange, planWith, shownChange } from './plan.ts';

/** What a module does otherwise than its case says; nothing where they agree. */
export function runCase(module: Module, one: Case): string[] {
  if (one.error !== undefined) return refusedArgs(module, one.args, one.error);
  const strangers = strangeReadings(module, one);
  if (strangers.length > 0) return strangers;
  const { changes, refusals, output } = planWith(module, one.args, one.observed);
  if (one.refusal !== undefined) {
    const foreseen = one.foreseen === undefined ? [] : comparedChanges(refusals.flatMap(({ unless }) => (unless?.changes ?? []).map(shownChange)), one.foreseen);
    return [...refusedWith(refusals.map(({ what, evidence, hint }) => [what, evidence, hint].join('\n')), one.refusal), ...foreseen];
  }
  const problems = refusals.map(({ what }) => `refused: ${what}`);
  problems.push(...comparedChanges(changes, one.changes ?? []));
  if (one.output !== undefined && !isDeepStrictEqual(output, one.output)) problems.push(`output is ${JSON.stringify(output)}, not ${JSON.stringify(one.output)}`);
  return problems;
}

function refusedArgs(module: Module, args: unknown, error: string): string[] {
  try {
    parseArgs(module, args);
  } catch (thrown) {
    if (!(thrown instanceof PlinthError)) throw thrown;
    return thrown.message.includes(error) ? [] : [`the arguments are refused with "${thrown.message}", which does not hold "${error}"`];
  }
  return [`the arguments are taken, but should be refused with "${error}"`];
}

/** A case that fakes a reading which the module never takes tests nothing. */
function strangeReadings(module: Module, one: Case): string[] {
  const known = Object.keys(module.observe(parseArgs(module, one.args)));
  return Object.keys(one.observed)
    .filter((name) => !known.includes(name))
    .map((name) => `observed.${name} is no reading of this module with these arguments (it reads ${known.join(', ')})`);
}

function refusedWith(refusals: readonly string[], part: string): string[] {
  if (refusals.some((text) => text.includes(part))) return [];
  return [refusals.length === 0 ? `does not refuse, but should with "${part}"` : `refuses with "${refusals.join('; ')}", which does not hold "${part}"`];
}

function comparedChanges(found: readonly PlannedChange[], wanted: NonNullable<Case['changes']>): string[] {
  const problems = Array.from({ length: Math.max(found.length, wanted.length) }, (_, index) => {
    const is = found[index];
    const should = wanted[index];
    if (!is) return [`change ${index + 1} is missing: ${JSON.stringify(should)}`];
    if (!should) return [`change ${index + 1} is one too many: ${JSON.stringify({ what: is.what, from: is.from, to: is.to, run: is.run })}`];
    const differing = (['what', 'from', 'to'] as const).filter((key) => is[key] !== should[key]).map((key) => `change ${index + 1}: ${key} is ${JSON.stringify(is[key])}, not ${JSON.stringify(should[key])}`);
    const absent = should.run.filter((part) => !is.run.includes(part)).map((part) => `change ${index + 1}: run does not hold ${JSON.stringify(part)}:\n${is.run}`);
    return [...differing, ...absent];
  });
  return problems.flat();
}
