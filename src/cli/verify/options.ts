import type { Options } from '../arguments/command.ts';
import { runOptions } from '../run/options.ts';

const { diff: _, ...shared } = runOptions;

/** Forms that checks are told in. */
export const outputs = ['text', 'json', 'jsonl', 'junit'] as const;

export const verifyOptions = {
  ...shared,
  output: { kind: 'text', value: 'FORM', summary: 'text (a line for each check), json (one document), jsonl (events) or junit. Default: text.', complete: outputs },
  'no-smoke': { kind: 'flag', summary: 'Starts no workload: nothing is changed.' },
} as const satisfies Options;
