import type { Applied, Change } from '../contract/change.ts';
import { type Diagnostic, PlinthError } from '../contract/diagnostic.ts';
import type { Found } from '../contract/module.ts';
import type { Task } from '../dsl/program.ts';
import { digest } from './digest.ts';
import { notConverged } from './not-converged.ts';
import { isConverged, type Seen } from './observe.ts';
import { notePending, pendingKey } from './pending.ts';
import { type Performed, perform, prepareEffects } from './perform.ts';
import { refusalOf } from './refusal.ts';
import { wasLost } from './session.ts';
import { sleep } from './sleep.ts';
import type { View } from './view.ts';
import type { Work } from './work.ts';

/** What became of a task. */
export interface Outcome {
  readonly status: 'ok' | 'changed' | 'skipped' | 'failed';
  readonly changes: readonly Change[];
  readonly output: unknown;
  readonly attempts: number;
  readonly note?: string;
  readonly error?: Diagnostic;
}
type Attempt = Omit<Outcome, 'attempts'>;

/** Brings task i to its state and proves it, as often as its `retries` allow. Task i must be fresh. */
export async function converge(work: Work, view: View, task: Task, i: number, of: number): Promise<Outcome> {
  const { retries = 0, delay = 5000, until } = task.options;
  for (let attempts = 1; ; attempts++) {
    const outcome = await attempt(work, view, task, i, of).catch(failed);
    const unsatisfied = !outcome.error && until?.(outcome.output) === false;
    const error: Diagnostic | undefined = unsatisfied ? { cause: 'not-converged', summary: `its output does not satisfy \`until\` (attempt ${attempts} of ${retries + 1})` } : outcome.error;
    if (!error) return { ...outcome, attempts };
    if (attempts > retries) return { ...outcome, status: 'failed', attempts, error };
    await sleep(delay, work.options.signal);
    view.doubt(i);
    await view.freshen(i);
  }
}

async function attempt(work: Work, view: View, task: Task, i: number, of: number): Promise<Attempt> {
  const before = view.at(i);
  if (before.error) return { status: 'failed', changes: [], output: undefined, error: before.error };
  if (before.refusal) return { status: 'failed', changes: [], output: undefined, error: refusalOf(before.refusal) };
  const { changes } = before;
  if (changes.length === 0) return { status: before.found?.skipped ? 'skipped' : 'ok', changes, output: outputOf(task, before, []), ...noteOf(before.found) };
  const held = await holdBack(work, task, changes);
  if (held) return { status: 'skipped', changes: [], output: outputOf(task, before, []), note: held };

  work.teller.start(task, i, of);
  const done = await change(work, view, task, i, changes);
  if (done === 'lost') return afterLoss(work, view, task, i, changes);
  if (done.failure) return { status: 'failed', changes, output: undefined, error: done.failure };
  const now = view.at(i);
  const left = notConverged(now);
  if (left) return { status: 'failed', changes, output: undefined, error: left };
  const isChange = changes.some((one, at) => !one.passive && (!one.event || (one.changedWhen?.(done.applied[at] ?? silent) ?? true)));
  const found = isChange || now.refusal ? undefined : task.module.found?.(task.args, now.observed, done.applied);
  return { status: isChange ? 'changed' : found?.skipped ? 'skipped' : 'ok', changes: isChange ? changes : [], output: outputOf(task, now, done.applied), ...noteOf(found) };
}

const noteOf = (found: Found | undefined): { readonly note?: string } => (found ? { note: found.evidence } : {});

/** Why a task that differs is not changed: it was done in the run that is resumed, or the operator says no. */
async function holdBack({ hostPlay, options, teller }: Work, task: Task, changes: readonly Change[]): Promise<string | undefined> {
  const isEvent = changes.every((one) => one.event);
  if (isEvent && options.resumed?.has(`${hostPlay.host}|${task.id}|${digest(task.args)}`)) return 'done already in the run that is resumed';
  const answer = await options.confirm?.(teller.ref(task), teller.changes(changes));
  if (answer === 'quit') throw new PlinthError({ cause: 'aborted', summary: 'stopped at your word' });
  return answer === 'no' ? 'left out at your word' : undefined;
}

async function change(work: Work, view: View, task: Task, i: number, changes: readonly Change[]): Promise<Performed | 'lost'> {
  const session = await work.sessionOf(task);
  const actions = await prepareEffects(task, changes, work.options.masker, session.become);
  const notes = task.notify.length > 0 ? [notePending(task.notify.map((handler) => pendingKey(work.play, handler)))] : [];
  const started = performance.now();
  try {
    return await view.readBehind(i, session, async (after) => {
      const done = await perform(session, notes, actions, changes, after, (stream, text) => work.teller.output(task, stream, text));
      for (let trip = 0; trip < done.trips; trip++) work.trip(after.length, changes.length, performance.now() - started);
      return done;
    });
  } catch (error) {
    if (wasLost(error)) return 'lost';
    throw error;
  }
}

/** The link broke somewhere in a change. Readings tell what came of it; an event leaves no trace, so it is not done twice. */
async function afterLoss(work: Work, view: View, task: Task, i: number, changes: readonly Change[]): Promise<Attempt> {
  const session = await work.sessionOf(task);
  const lost: Diagnostic = { cause: 'lost', summary: 'the link broke while this ran, and how far it came is not known', hint: 'Look at the node, then run `plinth apply --resume`: what is done is left alone.' };
  await session.reconnect(await session.patience()).catch((error: unknown) => {
    const why = error instanceof PlinthError ? error.message : String(error);
    throw new PlinthError({ ...lost, summary: 'the link broke while this ran, and the host does not answer any more', detail: why }, { cause: error });
  });
  view.doubt(i);
  await view.freshen(i);
  const now = view.at(i);
  if (isConverged(now)) return { status: 'changed', changes, output: outputOf(task, now, []), note: 'the link broke while this ran; it was read back over a new one' };
  if (changes.some((one) => one.event)) return { status: 'failed', changes, output: undefined, error: lost };
  const done = now.changes.length > 0 ? await change(work, view, task, i, now.changes) : undefined;
  if (done === 'lost') return { status: 'failed', changes, output: undefined, error: { ...lost, summary: 'the link broke twice while this ran' } };
  const left = done?.failure ?? notConverged(view.at(i));
  if (left) return { status: 'failed', changes, output: undefined, error: left };
  return { status: 'changed', changes, output: outputOf(task, view.at(i), done?.applied ?? []), note: 'the link broke while this ran; it was done again over a new one' };
}

function failed(error: unknown): Attempt {
  if (!(error instanceof PlinthError) || error.diagnostics.some(({ cause }) => cause === 'aborted')) throw error;
  return { status: 'failed', changes: [], output: undefined, error: error.diagnostics[0] ?? { cause: 'internal', summary: error.message } };
}

const outputOf = (task: Task, seen: Seen, applied: readonly Applied[]): unknown => (seen.error || seen.refusal ? undefined : task.module.output?.(task.args, seen.observed, applied));

const silent: Applied = { code: 0, stdout: '', stderr: '' };
