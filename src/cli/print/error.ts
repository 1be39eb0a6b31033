import { PlinthError } from '../../contract/diagnostic.ts';
import { failureLines } from '../../report/text/recap.ts';
import type { Context } from '../context.ts';

/** On stderr: a diagnostic as people read it, or, for a bug of ours, the whole stack. */
export function printError(error: unknown, { err, style }: Pick<Context, 'err' | 'style'>): void {
  if (error instanceof PlinthError) {
    error.diagnostics.forEach((diagnostic, i) => err(`${i === 0 ? '' : '\n'}${failureLines({ error: diagnostic, lines: [] }, style).join('\n')}\n`));
    return;
  }
  err(`${style.red('✗')} This is a bug in Plinth; please report it with what you did.\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
