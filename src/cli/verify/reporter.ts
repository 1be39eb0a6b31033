import type { Reporter, RunEnd } from '../../report/event.ts';
import { count } from '../../report/text/count.ts';
import { printable } from '../../report/text/printable.ts';
import type { Style } from '../../report/text/style.ts';
import { type Result, resultOf } from './result.ts';

/** A line for each check as it comes, with its evidence; what failed with all of it, and with the way out. */
export function checksReporter(write: (text: string) => void, style: Style): Reporter {
  const results: Result[] = [];
  let play = '';
  return {
    on(event) {
      if (event.type === 'warning') write(`${style.yellow('warning:')} ${printable(event.message)}\n`);
      if (event.type === 'playStart') play = event.play;
      const result = resultOf(event);
      if (result) {
        results.push(result);
        if (play !== '') write(`${style.bold(play)}\n`);
        play = '';
        write(linesOf(result, style));
      }
      if (event.type === 'runEnd') write(`\n${recap(results, event, style)}\n`);
    },
  };
}

function linesOf({ name, host, status, evidence, hint }: Result, style: Style): string {
  const mark = status === 'ok' ? style.green('✓') : status === 'failed' ? style.red('✗') : style.dim('-');
  const [first = '', ...more] = printable(evidence).split('\n');
  const head = `  ${mark} ${printable(name)} ${style.dim(`(${host})`)}`;
  if (status === 'failed') return `${head}\n${[first, ...more].map((line) => `      ${style.red(line)}\n`).join('')}${hint === undefined ? '' : `      → ${printable(hint)}\n`}`;
  return `${head}  ${status === 'skipped' ? style.dim(`skipped: ${first}`) : first}\n${more.map((line) => `      ${line}\n`).join('')}`;
}

function recap(results: readonly Result[], end: RunEnd, style: Style): string {
  const of = (status: Result['status']): number => results.filter((one) => one.status === status).length;
  const parts = [`${of('ok')} ok`, ...(of('failed') > 0 ? [style.red(`${of('failed')} failed`)] : []), ...(of('skipped') > 0 ? [`${of('skipped')} skipped`] : [])];
  const rest = results.length === 0 ? end.errors.map(({ summary }) => `\n${summary}`).join('') : '';
  return `${count(results.length, 'check')}: ${parts.join(', ')}${rest}`;
}

/** One document when all is told: stable, for machines. */
export function jsonReporter(write: (text: string) => void): Reporter {
  const checks: Result[] = [];
  return {
    on(event) {
      const result = resultOf(event);
      if (result) checks.push(result);
      if (event.type === 'runEnd') write(`${JSON.stringify({ ok: event.ok, checks, ms: event.ms, errors: event.errors }, undefined, 1)}\n`);
    },
  };
}
