import type { Applied, Change, Effect } from '../contract/change.ts';
import type { Reply, Step } from '../contract/connection.ts';
import { type Diagnostic } from '../contract/diagnostic.ts';
import { Late, Secret } from '../contract/late.ts';
import { isSource, type Source } from '../contract/local.ts';
import { Script } from '../contract/script/script.ts';
import type { Task } from '../dsl/program.ts';
import { type Action, prepareEffect } from './effect.ts';
import { connectAnew, takeBack, takenBack } from './guard.ts';
import { hintFor } from './hint.ts';
import { lastLines } from './observe.ts';
import type { Masker } from './options.ts';
import { restartNode } from './restart-node.ts';
import { type Session, wasLost } from './session.ts';

/** Default longest time of one effect, in ms. */
const effectTimeout = 600_000;

/** What came of the effects of one task, and of the readings sent behind them in the same frame. */
export interface Performed {
  readonly applied: readonly Applied[];
  readonly failure?: Diagnostic;
  /** Replies to `after`; empty after a failure. */
  readonly replies: readonly (Reply | undefined)[];
  readonly trips: number;
}

/** A step of the next frame. */
interface Waiting {
  readonly step: Step;
  /** What it mends; steps without one are the engine's own. */
  readonly change?: Change;
  explain?(reply: Reply): Diagnostic;
}

export type OnOutput = (stream: 'stdout' | 'stderr', text: string) => void;

/** Resolves late values and secrets: from here on the effects are plain text, known to the masker. */
export async function prepareEffects(task: Task, changes: readonly Change[], masker: Masker, isRoot: boolean): Promise<Action[]> {
  const actions: Action[] = [];
  for (const { run, timeout, critical } of changes) {
    const lates = latesOf(run);
    for (const late of lates) if (late instanceof Secret) masker.add(String(await late.resolve()));
    actions.push(await prepareEffect(run, { timeout: task.options.timeout ?? timeout ?? effectTimeout, critical: task.options.critical ?? critical ?? false }, isRoot));
  }
  return actions;
}

/** Runs effects in order; the first that fails ends it. Scripts share one frame with `before` and `after`; a big file or a reboot splits it. */
export async function perform(session: Session, before: readonly Step[], actions: readonly Action[], changes: readonly Change[], after: readonly Step[], onOutput: OnOutput): Promise<Performed> {
  const applied: Applied[] = [];
  let trips = 0;
  let waiting: Waiting[] = before.map((step) => ({ step }));

  const flush = async (last: readonly Step[]): Promise<{ failure?: Diagnostic; replies: readonly (Reply | undefined)[] }> => {
    const frame = waiting;
    waiting = [];
    if (frame.length + last.length === 0) return { replies: [] };
    trips++;
    const replies = await session.send([...frame.map(({ step }) => step), ...last], {
      onOutput: ({ step, stream, text }) => {
        if (frame[step]?.change) onOutput(stream, text);
      },
    });
    for (const [i, { step, change, explain }] of frame.entries()) {
      const reply = replies[i];
      if (!reply) return { failure: { cause: 'apply', summary: `${change?.what ?? 'preparation'} was not run` }, replies: [] };
      if (change) applied.push({ code: reply.code, stdout: reply.stdout, stderr: reply.stderr });
      if (reply.code !== 0) return { failure: explain?.(reply) ?? failureOf(reply, step, change), replies: [] };
    }
    return { replies: replies.slice(frame.length) };
  };

  for (const [i, action] of actions.entries()) {
    const change = changes[i];
    if (action.kind === 'step') {
      waiting.push({ step: action.step, ...(change ? { change } : {}) });
      continue;
    }
    if (action.kind === 'guarded') {
      const what = change?.what ?? 'a change';
      waiting.push({ step: action.arm }, { step: action.run, ...(change ? { change } : {}) });
      try {
        const { failure } = await flush([]);
        if (failure) {
          await takeBack(session, action);
          return { applied, failure, replies: [], trips };
        }
      } catch (error) {
        // That it was cut off is what the guard is for: the node tells over a new connection what became of it.
        if (!wasLost(error)) throw error;
        applied.push({ code: 0, stdout: '', stderr: '' });
      }
      await connectAnew(session, action, what);
      waiting.push({ step: action.confirm, explain: (reply) => takenBack(what, action, reply) });
      continue;
    }
    const { failure } = await flush([]);
    if (failure) return { applied, failure, replies: [], trips };
    trips++;
    if (action.kind === 'put') {
      const { content: _, kind: __, ...file } = action.upload;
      await session.put({ ...file, content: action.content }, { onSent: progressOf(action.content, onOutput) });
    } else await restartNode(session, action.timeout);
    applied.push({ code: 0, stdout: '', stderr: '' });
  }
  const { failure, replies } = await flush(after);
  return { applied, ...(failure ? { failure } : {}), replies, trips };
}

/** How far a big file has come, told at every quarter of it. */
function progressOf(content: Uint8Array | Source, onOutput: OnOutput): (sent: number) => void {
  const size = isSource(content) ? content.size : content.length;
  const millions = (bytes: number): string => (bytes / 1e6).toFixed(size < 1e7 ? 1 : 0);
  let told = 0;
  return (sent) => {
    const quarter = Math.floor((4 * sent) / size);
    if (quarter > told && quarter < 4) onOutput('stdout', `${millions(sent)} of ${millions(size)} MB sent\n`);
    told = quarter;
  };
}

function latesOf(run: Effect): readonly Late<unknown>[] {
  if (run instanceof Script) return run.lates;
  if (run.kind === 'guarded') return [...run.run.lates, ...run.undo.lates];
  return run.kind === 'upload' && run.content instanceof Late ? [run.content] : [];
}

function failureOf(reply: Reply, step: Step, change: Change | undefined): Diagnostic {
  const output = reply.stderr.trim() ? reply.stderr : reply.stdout;
  const what = change?.what ?? 'noting handlers';
  const hint = hintFor(output);
  if (reply.timedOut) return { cause: 'timeout', summary: `${what}: still running after ${(step.timeout ?? 0) / 1000} s, so it was ended with all its children`, ...(output.trim() ? { detail: lastLines(output) } : {}), hint: hint ?? 'Give the task a longer `timeout`, or find out on the node what it waits for.' };
  return { cause: 'apply', summary: `${what}: ${exitText(reply.code)}`, ...(output.trim() ? { detail: lastLines(output) } : {}), ...(hint ? { hint } : {}) };
}

const exitText = (code: number): string => (code > 128 && code < 193 ? `ended by signal ${code - 128}` : `failed with exit code ${code}`);
