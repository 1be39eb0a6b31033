import { PlinthError } from '../../contract/diagnostic.ts';
import type { Context } from '../context.ts';
import { neverBegan } from './execute.ts';
import { createReporter, isForMachines, outputOf, type ReportAsked } from './reporters.ts';

/** Does the work; an error before its first event is told to machines as a run that never began, to people on stderr by `main`. */
export async function reported(asked: ReportAsked, context: Context, work: () => Promise<number>): Promise<number> {
  const form = outputOf(asked, context);
  try {
    return await work();
  } catch (error) {
    if (!isForMachines(form)) throw error;
    const reporter = await createReporter(asked, 0, context);
    reporter.on(neverBegan(error instanceof PlinthError ? error.diagnostics : [{ cause: 'internal', summary: String(error), ...(error instanceof Error && error.stack ? { detail: error.stack } : {}) }]));
    await reporter.end?.();
    return 1;
  }
}
