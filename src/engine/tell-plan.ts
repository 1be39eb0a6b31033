import type { Change } from '../contract/change.ts';
import type { Task } from '../dsl/program.ts';
import { refusalOf } from './refusal.ts';
import type { View } from './view.ts';
import type { Work } from './work.ts';

/**
 * Tells what a plan found, and gives back the tasks that would change something. After the first of them, what is said
 * of later tasks may be affected by it; a reading or a refusal that an earlier change may mend is `unknown`, not failed.
 * Where it is known that an earlier task brings what was missing, what will differ then is told.
 */
export function tellPlan({ teller, play, hostPlay, foreseen }: Pick<Work, 'teller' | 'play' | 'hostPlay' | 'foreseen'>, view: View, tasks: readonly Task[]): Task[] {
  const differing: Task[] = [];
  const tell = (task: Task, changes: readonly Change[], note?: string): void => {
    const more = { ms: 0, ...(foreseen.last ? { mayBeAffected: true } : {}), ...(note === undefined ? {} : { note }) };
    if (changes.length === 0) return teller.result(task, 'ok', more);
    // Behind something that will be done a wait is no open question.
    if (changes.every((change) => change.passive)) return teller.result(task, foreseen.last ? 'ok' : 'unknown', { ...more, ...(foreseen.last ? {} : { changes }), note: 'apply waits here until it is so' });
    differing.push(task);
    foreseen.add(task);
    teller.result(task, 'would-change', { ...more, changes });
  };
  for (const [i, task] of tasks.entries()) {
    const { changes, refusal, error, found } = view.at(i);
    const bringer = refusal && foreseen.lifts(refusal);
    if (task.options.runOnce && play.hosts[0] !== hostPlay.host) {
      teller.result(task, 'skipped', { ms: 0, note: `once for the play, on ${play.hosts[0]}` });
    } else if (refusal?.unless && bringer) {
      tell(task, refusal.unless.changes, `as it will be when "${bringer.name}" is done`);
    } else if (error || (refusal && !refusal.final)) {
      const found = error ?? (refusal && refusalOf(refusal));
      if (foreseen.last) teller.result(task, 'unknown', { ms: 0, mayBeAffected: true, note: `not known before "${foreseen.last.name}" is done: ${found?.summary}` });
      else teller.result(task, 'failed', { ms: 0, ...(found ? { error: found } : {}) });
    } else if (refusal) {
      teller.result(task, 'failed', { ms: 0, error: refusalOf(refusal) });
    } else if (found?.skipped) {
      teller.result(task, 'skipped', { ms: 0, note: found.evidence });
    } else {
      tell(task, changes, found?.evidence);
    }
  }
  return differing;
}
