import { runCase } from '../run-case.ts';
import type { Law } from './law.ts';

export const enoughCases: Law = {
  name: 'has three cases, one of them converged and one with bad arguments',
  check: ({ cases }) => [
    ...(cases.length >= 3 ? [] : [`has ${cases.length} cases`]),
    ...(cases.some(({ changes }) => changes?.length === 0) ? [] : ['no case shows a converged node (changes: [])']),
    ...(cases.some(({ changes }) => changes && changes.length > 0) ? [] : ['no case shows a change']),
    ...(cases.some(({ error }) => error !== undefined) ? [] : ['no case shows bad arguments (error: ...)']),
  ],
};

export const keptCases: Law = {
  name: 'does what its cases say',
  check: ({ module, cases }) => cases.flatMap((one) => runCase(module, one).map((problem) => `${one.file}: ${problem}`)),
};
