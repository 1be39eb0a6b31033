import { PlinthError } from '../../contract/diagnostic.ts';
import type { Reporter } from '../../report/event.ts';
import { jsonlReporter } from '../../report/jsonl/jsonl.ts';
import type { ReportOptions } from '../../report/options.ts';
import { plainReporter } from '../../report/plain/plain.ts';
import { loadDiff } from '../../report/text/diff.ts';
import { ttyReporter } from '../../report/tty/tty.ts';
import type { Context } from '../context.ts';
import { outputs } from './options.ts';

export type Output = (typeof outputs)[number];

export interface ReportAsked {
  readonly output: string | undefined;
  readonly diff: boolean;
  readonly verbose: boolean;
  /** Questions are asked while it runs. */
  readonly asks: boolean;
}

/** Which form the run is told in. @throws PlinthError, cause `usage`, for a form there is not. */
export function outputOf({ output, verbose, asks }: ReportAsked, { terminal, env }: Pick<Context, 'terminal' | 'env'>): Output {
  if (output !== undefined) {
    const known = outputs.find((name) => name === output);
    if (known) return known;
    throw new PlinthError({ cause: 'usage', summary: `--output is ${outputs.join(', ')}, not "${output}"` });
  }
  return terminal.stdout && !asks && !verbose && env.TERM !== 'dumb' && env.CI === undefined ? 'tty' : 'plain';
}

/** Live rows need room for every host and its last line of output; without it they give way to plain lines. */
export async function createReporter(asked: ReportAsked, hosts: number, context: Context): Promise<Reporter> {
  const form = outputOf(asked, context);
  if (form === 'jsonl') return jsonlReporter(context.out);
  if (form === 'junit') return (await import('../../report/junit/junit.ts')).junitReporter(context.out);
  const options: ReportOptions = { write: context.out, style: context.style, verbose: asked.verbose, ...(asked.diff ? { diff: await loadDiff() } : {}) };
  const fits = hosts * 2 + 2 <= context.terminal.rows && context.terminal.columns >= 40;
  return form === 'tty' && (fits || asked.output === 'tty') ? ttyReporter(options) : plainReporter(options);
}

/** Machines read the stream of events and nothing else, errors before the first event included. */
export const isForMachines = (output: Output): boolean => output === 'jsonl' || output === 'junit';
