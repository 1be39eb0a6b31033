import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

/** What a read-only shell test said. */
export interface Condition {
  readonly holds: boolean;
  /** What it printed, both streams, at most 4 KiB. */
  readonly said: string;
}

const limit = 4096;

// A subshell for each: a test may `exit`, and one with a syntax error is a test that fails.
const kind: Kind<Condition> = {
  name: 'condition',
  script: (tests) => sh.lines(tests.map((test, index) => sh`if said=$(set +u; eval ${test} </dev/null 2>&1); then put ${index} "yes $said"; else put ${index} "no $said"; fi`)),
  parse: (text = 'no ') => ({ holds: text.startsWith('yes '), said: text.slice(text.indexOf(' ') + 1).slice(0, limit) }),
};

/** Whether a read-only shell text succeeds, and what it printed. Its exit status is that of its last command. */
export const condition = (test: string): Reading<Condition> => ({ kind, key: test });
