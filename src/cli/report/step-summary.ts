import { appendFileSync } from 'node:fs';
import type { Reporter } from '../../report/event.ts';
import type { Context } from '../context.ts';

/**
 * Where a CI asks for one (GITHUB_STEP_SUMMARY names a file), the summary of a run is appended to it. That it cannot be written
 * is said and is no reason to fail.
 */
export async function stepSummary({ env, err }: Pick<Context, 'env' | 'err'>): Promise<Reporter | undefined> {
  const file = env.GITHUB_STEP_SUMMARY;
  if (file === undefined || file === '') return undefined;
  const { summaryReporter } = await import('../../report/summary/summary.ts');
  return summaryReporter((text) => {
    try {
      appendFileSync(file, text);
    } catch (error) {
      err(`note: the job's summary cannot be written: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  });
}
