import { PlinthError } from '../../contract/diagnostic.ts';
import type { RunOptions } from '../../engine/index.ts';
import { changeLine } from '../../report/text/change.ts';
import { createStyle } from '../../report/text/style.ts';
import type { SavedPlan } from './saved-plan.ts';

/**
 * Lets a task do only what the saved plan said it would: between the second look and the change a node may still drift.
 * What is found (`from`) may differ, since earlier tasks of the same plan have run by then; what is done may not.
 */
export function approvedOnly({ hosts }: SavedPlan): NonNullable<RunOptions['confirm']> {
  return async ({ host, play, task }, changes) => {
    const planned = (hosts[host] ?? []).filter((entry) => entry.play === play && entry.task === task).flatMap((entry) => entry.changes);
    const unplanned = changes.filter((change) => !planned.some((one) => one.what === change.what && one.to === change.to && one.run === change.run));
    if (unplanned.length === 0) return 'yes';
    throw new PlinthError({
      cause: 'drift',
      summary: 'it would now do what the saved plan did not say',
      detail: unplanned.map((change) => changeLine(change, createStyle(false))).join('\n'),
      hint: 'Nothing of this task was done. Plan anew, look at it, and apply that.',
    });
  };
}
