import { PlinthError } from '../../contract/diagnostic.ts';
import type { Reporter } from '../../report/event.ts';
import { jsonlReporter } from '../../report/jsonl/jsonl.ts';
import type { InputOf } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { execute, neverBegan } from '../run/execute.ts';
import { prepare, type Prepared, split } from '../run/prepare.ts';
import { outputs, type verifyOptions } from './options.ts';
import { checksReporter, jsonReporter } from './reporter.ts';

export type Form = (typeof outputs)[number];

/** @throws PlinthError, cause `usage`, for a form there is not. */
export function formOf(output: string | undefined): Form {
  const known = outputs.find((name) => name === (output ?? 'text'));
  if (known) return known;
  throw new PlinthError({ cause: 'usage', summary: `--output is ${outputs.join(', ')}, not "${output ?? ''}"` });
}

export async function reporterOf(form: Form, { out, style }: Pick<Context, 'out' | 'style'>): Promise<Reporter> {
  if (form === 'text') return checksReporter(out, style);
  if (form === 'json') return jsonReporter(out);
  return form === 'jsonl' ? jsonlReporter(out) : (await import('../../report/junit/junit.ts')).junitReporter(out);
}

/** 0: all that was looked at holds. 1: something does not. 130: stopped. */
export async function verify(input: InputOf<typeof verifyOptions>, context: Context): Promise<number> {
  const form = formOf(input.text('output'));
  const reporter = await reporterOf(form, context);
  return told(form, reporter, async () => {
    const prepared = await prepareChecks(input, input.args[0], input.flag('no-smoke'), context);
    const { end, interrupted } = await execute(withDiff(input), { mode: 'apply', prepared, reporters: [reporter] }, context);
    return interrupted ? 130 : end.ok ? 0 : 1;
  });
}

/** The playbook of the project, or the one that is named. */
export const prepareChecks = (input: InputOf<typeof verifyOptions>, playbook = 'playbooks/verify.ts', quiet: boolean, context: Context): Promise<Prepared> =>
  prepare({ playbook, inventory: input.list('inventory'), limit: input.text('limit'), tags: split(input.list('tags')), skipTags: [...split(input.list('skip-tags')), ...(quiet ? ['smoke'] : [])] }, context);

/** Checks have no diffs; what runs them asks all the same. */
export const withDiff = (input: InputOf<typeof verifyOptions>): Parameters<typeof execute>[0] => ({ ...input, flag: (name) => (name === 'diff' ? false : input.flag(name)) });

/** Machines are told of an error before the first check as well. */
export async function told(form: Form, reporter: Reporter, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (form === 'text') throw error;
    reporter.on(neverBegan(error instanceof PlinthError ? error.diagnostics : [{ cause: 'internal', summary: String(error) }]));
    await reporter.end?.();
    return 1;
  }
}
