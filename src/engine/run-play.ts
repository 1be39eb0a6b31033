import { PlinthError } from '../contract/diagnostic.ts';
import type { HostPlay, Play, Task } from '../dsl/program.ts';
import { batches } from './batches.ts';
import type { Foreseen } from './foreseen.ts';
import { isAbort, runNotified } from './notified.ts';
import { onceBoard, type OnceBoard } from './once.ts';
import type { RunOptions } from './options.ts';
import { pool } from './pool.ts';
import { reconcile } from './reconcile.ts';
import { isSelected } from './select.ts';
import type { Sessions } from './sessions.ts';
import { tellerOf } from './teller.ts';
import type { Work } from './work.ts';

/** What runs share over all plays. `out` holds hosts that failed or were never reached. */
export interface RunState {
  readonly options: RunOptions;
  readonly sessions: Sessions;
  readonly out: Set<string>;
  evaluate(play: Play, host: string): HostPlay;
  /** The same, undefined where the body wanted facts that never came. */
  evaluated(play: Play, host: string): HostPlay | undefined;
  /** Nobody needs this host any more once it has done this play. */
  isLast(play: Play): boolean;
  /** In a plan: what is to be done to a host so far. */
  foreseen(host: string): Foreseen;
  /** Set by anyErrorsFatal or an abort: nothing new is begun but plays that run always. */
  stop: boolean;
  /** The operator ended it: not even those. */
  quit: boolean;
  /** Hosts that are not reached, or no longer. */
  readonly lost: Set<string>;
}

/** Whether a host still takes part. A play that clears up is for those that failed before, too. */
export const takesPart = ({ out, lost }: RunState, play: Play, host: string): boolean => !out.has(host) || (play.options.always === true && !lost.has(host));

/** Whether nothing of a play is to be begun any more. */
export const isOver = ({ stop, quit, options }: RunState, play: Play): boolean => quit || options.signal.aborted || (stop && !play.options.always);

/** Runs one play on all its hosts that are still in, batch by batch. One bad host never stops the others unless asked. */
export async function runPlay(state: RunState, play: Play, hosts: readonly string[]): Promise<void> {
  const { options, out } = state;
  const started = performance.now();
  options.emit({ type: 'playStart', play: play.name, hosts });
  const once = onceBoard();
  for (const batch of batches(hosts, play.options.serial)) {
    const there = batch.filter((host) => takesPart(state, play, host));
    if (isOver(state, play)) break;
    await pool(there, play.options.concurrency ?? options.concurrency ?? 50, (host) => runHost(state, play, host, once));
    if (play.options.serial !== undefined && there.length > 0 && there.every((host) => out.has(host))) {
      options.emit({ type: 'warning', message: `every host of the batch ${there.join(', ')} failed, so "${play.name}" goes no further` });
      break;
    }
  }
  options.emit({ type: 'playEnd', play: play.name, ms: Math.round(performance.now() - started) });
}

async function runHost(state: RunState, play: Play, host: string, once: OnceBoard): Promise<void> {
  const { options, out } = state;
  const started = performance.now();
  const teller = tellerOf(play, host, options.emit, options.masker);
  let trips = 0;
  const fail = (): void => {
    out.add(host);
    if (play.options.anyErrorsFatal) state.stop = true;
  };
  try {
    const work = await workOf(state, play, state.evaluate(play, host), once, teller, (readings, effects, ms) => {
      trips++;
      options.emit({ type: 'batch', play: play.name, host, readings, effects, ms });
    });
    const { failed, due } = await reconcile(work, work.hostPlay.tasks.filter((task) => isSelected(task, options)));
    if (failed) fail();
    if (!options.signal.aborted && !(await runNotified(work, due))) fail();
  } catch (error) {
    fail();
    if (isAbort(error)) state.stop = state.quit = true;
    else {
      state.lost.add(host);
      options.emit({ type: 'hostUnreachable', host, error: brokenHost(error, play, host) });
    }
  }
  // Saying goodbye takes a node as long as a few readings: it does so while the others are still at work.
  if (state.isLast(play)) state.sessions.release(host);
  options.emit({ type: 'hostEnd', play: play.name, host, counts: teller.counts, trips, ms: Math.round(performance.now() - started) });
}

export async function workOf(state: RunState, play: Play, hostPlay: HostPlay, once: OnceBoard, teller: Work['teller'], trip: Work['trip']): Promise<Work> {
  const become = play.options.become ?? true;
  const session = await state.sessions.of(hostPlay.host, become);
  return {
    play,
    hostPlay,
    session,
    once,
    teller,
    trip,
    options: state.options,
    foreseen: state.foreseen(hostPlay.host),
    stopped: () => isOver(state, play),
    sessionOf(task: Task) {
      const { delegate } = task.options;
      if (!delegate) return Promise.resolve(session);
      return delegate === 'controller' ? state.sessions.of('controller', false) : state.sessions.of(delegate.name, become);
    },
  };
}

function brokenHost(error: unknown, play: Play, host: string) {
  const found = error instanceof PlinthError ? error.diagnostics[0] : undefined;
  if (found) return { host, play: play.name, ...found };
  return { cause: 'internal', summary: error instanceof Error ? error.message : String(error), host, play: play.name, detail: error instanceof Error ? (error.stack ?? '') : '', hint: 'This is a bug in Plinth or in a module: please report it with the lines above.' } as const;
}
