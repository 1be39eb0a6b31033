import { isDeepStrictEqual } from 'node:util';
import { type Change, type Effect, type Module, type Refusal, Script, showEffect } from '../../contract/index.ts';
import { shells, syntaxError } from '../parses.ts';
import type { Law, Subject } from './law.ts';
import { planned, type PlannedCase } from './planned.ts';

export const purePlan: Law = {
  name: 'plans the same from the same, and writes to none of its input',
  check: ({ module, cases }) => planned(module, cases).flatMap((one) => (isDeepStrictEqual(told(module, one), told(module, one)) ? [] : [`${one.file}: two plans differ`])),
};

export const toldChanges: Law = {
  name: 'says of every change what it is, and two different states',
  check: (subject) =>
    changes(subject).flatMap(({ file, change: { what, from, to } }) => {
      if (what === '') return [`${file}: a change without a name`];
      if (from === to) return [`${file}: "${what}" is ${JSON.stringify(from)} and should be the same`];
      return [];
    }),
};

export const parsedEffects: Law = {
  name: 'mends by scripts that POSIX shells understand',
  check: (subject) => changes(subject).flatMap(({ file, change: { run } }) => scriptsOf(run).flatMap((script) => shells.flatMap((shell) => syntaxError(script, shell) ?? []).map((problem) => `${file}: ${problem}`))),
};

const scriptsOf = (run: Effect): readonly Script[] => (run instanceof Script ? [run] : run.kind === 'guarded' ? [run.run, run.undo] : []);

export const explainedRefusals: Law = {
  name: 'refuses with a reason and with what it found',
  check: ({ module, cases }) =>
    planned(module, cases).flatMap(({ file, args, observed }) =>
      [...module.plan(args, observed)].filter((one) => one.kind === 'refusal').flatMap(({ what, evidence }) => (what && evidence ? [] : [`${file}: a refusal without ${what ? 'evidence' : 'a reason'}`])),
    ),
};

const changes = ({ module, cases }: Subject): { file: string; change: Change }[] =>
  planned(module, cases).flatMap(({ file, args, observed }) => [...module.plan(args, observed)].flatMap((change) => (change.kind === 'change' ? [{ file, change }] : [])));

const told = (module: Module, { args, observed }: PlannedCase): unknown => [...module.plan(args, observed)].map(shown);

const shown = (one: Change | Refusal): unknown => (one.kind === 'refusal' ? one : { ...one, run: showEffect(one.run), changedWhen: one.changedWhen !== undefined });
