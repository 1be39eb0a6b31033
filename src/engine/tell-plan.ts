import type { Task } from '../dsl/program.ts';
import { refusalOf } from './refusal.ts';
import type { View } from './view.ts';
import type { Work } from './work.ts';

/**
 * Tells what a plan found, and gives back the tasks that would change something. After the first of them, what is said
 * of later tasks may be affected by it; a reading or a refusal that an earlier change may mend is `unknown`, not failed.
 */
export function tellPlan({ teller, play, hostPlay }: Pick<Work, 'teller' | 'play' | 'hostPlay'>, view: View, tasks: readonly Task[]): Task[] {
  const differing: Task[] = [];
  for (const [i, task] of tasks.entries()) {
    const { changes, refusal, error } = view.at(i);
    const affected = differing.length > 0 ? { mayBeAffected: true } : {};
    if (task.options.runOnce && play.hosts[0] !== hostPlay.host) {
      teller.result(task, 'skipped', { ms: 0, note: `once for the play, on ${play.hosts[0]}` });
    } else if (error || (refusal && !refusal.final)) {
      const found = error ?? (refusal && refusalOf(refusal));
      if (differing.length > 0) teller.result(task, 'unknown', { ms: 0, ...affected, note: `not known before "${differing.at(-1)?.name}" is done: ${found?.summary}` });
      else teller.result(task, 'failed', { ms: 0, ...(found ? { error: found } : {}) });
    } else if (refusal) {
      teller.result(task, 'failed', { ms: 0, error: refusalOf(refusal) });
    } else if (changes.length === 0) {
      teller.result(task, 'ok', { ms: 0, ...affected });
    } else if (changes.every((change) => change.passive)) {
      teller.result(task, 'unknown', { changes, ms: 0, ...affected, note: 'apply waits here until it is so' });
    } else {
      differing.push(task);
      teller.result(task, 'would-change', { changes, ms: 0, ...(differing.length > 1 ? { mayBeAffected: true } : {}) });
    }
  }
  return differing;
}
