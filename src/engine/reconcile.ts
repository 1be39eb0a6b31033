import { PlinthError } from '../contract/diagnostic.ts';
import type { HandlerNode, Task } from '../dsl/program.ts';
import { converge, type Outcome } from './converge.ts';
import { digest } from './digest.ts';
import { pendingKey, readPending } from './pending.ts';
import { tellPlan } from './tell-plan.ts';
import { type View, viewOf } from './view.ts';
import type { Work } from './work.ts';

export interface Reconciled {
  readonly failed: boolean;
  /** Handlers to run, in the order they were declared. */
  readonly due: readonly HandlerNode[];
}

/**
 * Brings one host to the described state.
 *
 * Invariant: every verdict rests on a reading taken after the last change made by an earlier task. All readings go out
 * in one frame first; after a change, the tasks up to and including the next one that differed are read again in the
 * frame that made the change. What lies beyond that is not believed until it is read again.
 * Cost: one round trip when nothing differs, one more for each task that changes something.
 */
export async function reconcile(work: Work, tasks: readonly Task[]): Promise<Reconciled> {
  const { play, hostPlay, options } = work;
  const due = new Set<HandlerNode>();
  const inOrder = (): HandlerNode[] => hostPlay.handlers.filter((handler) => due.has(handler));
  if (tasks.length === 0) return { failed: false, due: [] };

  const view = viewOf(work, tasks);
  const pending = await view.readAll(hostPlay.handlers.map((handler) => readPending(pendingKey(play, handler))));
  hostPlay.handlers.forEach((handler, k) => {
    if (pending[k] === true) due.add(handler);
  });

  if (options.mode === 'plan') {
    for (const task of tellPlan(work, view, tasks)) task.notify.forEach((handler) => due.add(handler));
    return { failed: work.teller.counts.failed > 0, due: inOrder() };
  }

  let failed = false;
  for (const [i, task] of tasks.entries()) {
    if (options.signal.aborted || work.stopped()) return { failed: true, due: inOrder() };
    const outcome = await work.once.share(task, hostPlay.host, () => walk(work, view, task, i, tasks.length));
    if (outcome.shared && outcome.status === 'changed') view.doubt(i);
    tell(work, task, outcome);
    if (outcome.status === 'changed' && !outcome.shared) task.notify.forEach((handler) => due.add(handler));
    if (outcome.status !== 'failed') continue;
    failed ||= !task.options.ignoreErrors;
    if (!task.options.ignoreErrors && !task.options.keepGoing) break;
    view.doubt(i + 1);
  }
  return { failed, due: inOrder() };
}

async function walk(work: Work, view: View, task: Task, i: number, of: number): Promise<Outcome & { readonly ms: number }> {
  const started = performance.now();
  await view.freshen(i);
  const outcome = await converge(work, view, task, i, of);
  return { ...outcome, ms: performance.now() - started };
}

function tell({ teller, hostPlay }: Work, task: Task, outcome: Outcome & { readonly ms: number; readonly shared?: string }): void {
  const { status, changes, output, ms, attempts, note, error, shared } = outcome;
  if (status === 'failed') {
    const why = error && { detail: [error.summary, error.detail].filter(Boolean).join('\n'), ...(error.hint === undefined ? {} : { hint: error.hint }) };
    task.output.fail(new PlinthError({ cause: 'late', summary: `"${task.name}" gave no output: it failed on ${shared ?? hostPlay.host}`, ...why, at: [task.at], host: hostPlay.host }));
  } else task.output.settle(output);
  if (shared !== undefined && status !== 'failed') return teller.result(task, 'skipped', { ms: 0, note: `once for the play, on ${shared}` });
  if (shared !== undefined) return teller.result(task, 'failed', { ms: 0, error: { cause: 'aborted', summary: `it failed on ${shared}, which did it once for all hosts` } });
  const isEvent = changes.some((change) => change.event);
  teller.result(task, status, { changes, ms, attempts, ...(note === undefined ? {} : { note }), ...(error ? { error } : {}), ...(status === 'failed' && task.options.ignoreErrors ? { ignored: true } : {}), ...(isEvent ? { event: true, id: task.id, argsDigest: digest(task.args) } : {}) });
}
