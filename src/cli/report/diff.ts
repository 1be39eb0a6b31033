import { PlinthError } from '../../contract/diagnostic.ts';
import { findRun } from '../../engine/journal/index.ts';
import type { Context } from '../context.ts';
import { journalDir } from '../fleet/journal-dir.ts';
import { compareRuns } from './compare-runs.ts';
import { tellComparison } from './tell-comparison.ts';

/** `plinth runs diff A [B]`: B is the last run where it is not said. */
export async function diffRuns(ids: readonly string[], form: 'text' | 'json', context: Context): Promise<number> {
  const [first, second = 'last'] = ids;
  if (first === undefined) throw new PlinthError({ cause: 'usage', summary: 'plinth runs diff wants two runs, or one to compare with the last', hint: 'plinth runs diff A B; `plinth runs` lists them.' });
  const root = journalDir(context);
  const comparison = compareRuns(await findRun(root, first), await findRun(root, second));
  context.out(form === 'json' ? `${JSON.stringify(comparison, undefined, 2)}\n` : tellComparison(comparison, context.style));
  return 0;
}
