import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { change, defineModule, Late, type Module, read, refuse, sh } from '../../src/contract/index.ts';
import { type Case, checkLaw, laws, planWith, runCase } from '../../src/testing/index.ts';

const good = defineModule({
  name: 'good',
  summary: 'A file of one line.',
  args: z.strictObject({ path: z.string().describe('Where.') }),
  observe: ({ path }) => ({ found: read.text(path) }),
  *plan({ path }, { found }) {
    if (found === 'no') return yield refuse('no', 'it says no');
    if (found !== 'x') yield change(path, found, 'x', sh`echo x >${path}`);
  },
});
const caseOf = (more: Partial<Case>): Case => ({ what: 'A case.', file: 'cases/a.yaml', args: { path: '/a' }, observed: {}, ...more });
const cases = [caseOf({ changes: [] }), caseOf({ changes: [{ what: '/a', from: undefined, to: 'x', run: [] }] }), caseOf({ args: {}, error: 'good.path' })];

/** The laws that a module breaks, by name. */
const broken = (module: Module, given: readonly Case[] = cases, folder = 'good'): string[] => laws.filter((law) => checkLaw(law, { folder, module, cases: given }).length > 0).map(({ name }) => name);
const kept = [caseOf({ observed: { found: 'x' }, changes: [] }), ...cases.slice(1)];

/** A module that breaks each law. */
const breaches: readonly { readonly law: string; readonly by: Module; readonly given?: readonly Case[]; readonly folder?: string }[] = [
  { law: 'is named like its folder', by: good, folder: 'other' },
  { law: 'has a summary of one sentence', by: { ...good, summary: 'a file' } },
  { law: 'has a summary of one sentence', by: { ...good, summary: 'A file. And more.' } },
  { law: 'describes every argument and is strict about their names', by: { ...good, args: z.strictObject({ path: z.string() }) } },
  { law: 'describes every argument and is strict about their names', by: { ...good, args: z.strictObject({ path: z.string().describe('x'), list: z.array(z.strictObject({ deep: z.string() })).default([]).describe('x') }) } },
  { law: 'describes every argument and is strict about their names', by: { ...good, args: z.object({ path: z.string().describe('x') }) } },
  { law: 'refuses an argument it does not know', by: { ...good, args: z.object({ path: z.string().describe('x') }) } },
  { law: 'has three cases, one of them converged and one with bad arguments', by: good, given: kept.slice(1) },
  { law: 'does what its cases say', by: good, given: cases },
  { law: 'reads the same things each time it is asked', by: { ...good, observe: () => ({ found: read.text(`/tmp/${Math.random()}`) }) } },
  { law: 'reads by scripts that POSIX shells understand', by: { ...good, observe: () => ({ found: read.shell(sh.raw('if true; then'), z.string()) }) } },
  { law: 'reads without values that are known only at apply time', by: { ...good, observe: () => ({ found: read.shell(sh`cat ${new Late('minted', async () => 'x')}`, z.string()) }) } },
  { law: 'plans the same from the same, and writes to none of its input', by: { ...good, *plan() { yield change('/a', undefined, String(Math.random()), sh`true`); } } },
  { law: 'plans the same from the same, and writes to none of its input', by: { ...good, plan(args: { path: string }) { args.path = '/b'; return []; } } },
  { law: 'says of every change what it is, and two different states', by: { ...good, *plan() { yield change('/a', 'x', 'x', sh`true`); } } },
  { law: 'says of every change what it is, and two different states', by: { ...good, *plan() { yield change('/a', undefined, undefined, sh`true`); } } },
  { law: 'mends by scripts that POSIX shells understand', by: { ...good, *plan() { yield change('/a', undefined, 'x', sh.raw('echo "')); } } },
  { law: 'refuses with a reason and with what it found', by: { ...good, *plan() { yield refuse('no', ''); } } },
];

describe('each law can be broken', () => {
  it('and a good module breaks none', () => expect(broken(good, kept)).toEqual([]));

  it.each(breaches)('$law', ({ law, by, given = kept, folder }) => {
    expect(broken(by, given, folder)).toContain(law);
  });
});

describe('a case', () => {
  it.each<[string, Partial<Case>, string]>([
    ['names a reading that is never taken', { observed: { fuond: 'x' }, changes: [] }, 'observed.fuond is no reading'],
    ['misses a change', { observed: { found: 'x' }, changes: [{ what: '/a', from: undefined, to: 'x', run: [] }] }, 'change 1 is missing'],
    ['has a change too many', { observed: {}, changes: [] }, 'change 1 is one too many'],
    ['has another from', { observed: { found: 'y' }, changes: [{ what: '/a', from: 'z', to: 'x', run: [] }] }, 'from is "y", not "z"'],
    ['has another run', { observed: {}, changes: [{ what: '/a', from: undefined, to: 'x', run: ['rm'] }] }, 'run does not hold "rm"'],
    ['expects a refusal that does not come', { observed: {}, refusal: 'no' }, 'does not refuse'],
    ['expects another refusal', { observed: { found: 'no' }, refusal: 'yes' }, 'which does not hold "yes"'],
    ['does not expect a refusal', { observed: { found: 'no' }, changes: [] }, 'refused: no'],
    ['expects bad arguments that are taken', { error: 'x' }, 'are taken, but should be refused'],
    ['expects another message', { args: {}, error: 'not this' }, 'which does not hold "not this"'],
    ['expects another output', { observed: { found: 'x' }, changes: [], output: { a: 1 } }, 'output is undefined, not {"a":1}'],
  ])('that %s is told', (_, one, problem) => {
    expect(runCase(good, caseOf(one)).join('\n')).toContain(problem);
  });
});

it('planWith names every bad argument', () => {
  const module = { ...good, args: z.strictObject({ path: z.string().startsWith('/', 'must be absolute').describe('x'), mode: z.string('must be a string').describe('x') }) };
  // @ts-expect-error a number is no mode
  expect(() => planWith(module, { path: 'a', mode: 1 }, {})).toThrow('good.path: must be absolute\ngood.mode: must be a string');
});
