import { quote } from '../../contract/script/quote.ts';
import { failureLines } from '../../report/text/recap.ts';
import { printable } from '../../report/text/printable.ts';
import type { InputOf } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import type { connectOptions, fleetOptions } from '../fleet/options.ts';
import { formOf } from '../print/form.ts';
import { numberOf } from '../run/number.ts';
import { exitCode, onHosts, type Outcome } from './on-hosts.ts';

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** Runs one command on many hosts; what each printed is shown as a whole, as soon as that host is done. */
export async function exec(input: InputOf<typeof fleetOptions & typeof connectOptions & { output: { kind: 'text' }; timeout: { kind: 'text' } }>, context: Context): Promise<number> {
  const form = formOf(input.text('output'), ['text', 'jsonl']);
  const timeout = (numberOf(input.text('timeout'), '--timeout') ?? 600) * 1000;
  const [only = '', ...more] = input.after ?? [];
  const script = more.length === 0 ? only : [only, ...more].map(quote).join(' ');
  const told = await onHosts<Answer>(
    input.args[0],
    input,
    context,
    async ({ connect, mask, signal }) => {
      const connection = await connect();
      // A script of the user's own decides itself what a failing line or an unset variable means to it.
      const [reply] = await connection.send([{ script: `set +eu\n${script}`, timeout }], { signal });
      return { code: reply?.code ?? 1, stdout: mask(reply?.stdout ?? ''), stderr: mask(reply?.stderr ?? ''), timedOut: reply?.timedOut ?? false };
    },
    (outcome) => context.out(form === 'text' ? text(outcome, context) : `${JSON.stringify({ host: outcome.host, ...(outcome.error ? { error: outcome.error } : outcome.value) })}\n`),
  );
  return exitCode(told, told.outcomes.some(({ value }) => value === undefined || value.code !== 0));
}

function text({ host, value, error }: Outcome<Answer>, { style }: Context): string {
  if (error) return `${failureLines({ error: { host, ...error }, lines: [] }, style).join('\n')}\n`;
  const verdict = value.timedOut ? style.red('timed out') : value.code === 0 ? '' : style.red(`exit code ${value.code}`);
  const lines = [...linesOf(value.stdout), ...linesOf(value.stderr).map((line) => style.dim(line))];
  return `${value.code === 0 ? style.green('✓') : style.red('✗')} ${style.bold(host)}  ${verdict}`.trimEnd() + `\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

const linesOf = (output: string): string[] => (output.trimEnd() === '' ? [] : printable(output.trimEnd()).split('\n'));
