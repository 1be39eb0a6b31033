import { type Diagnostic, PlinthError } from '../contract/diagnostic.ts';
import type { Facts } from '../contract/read/facts.ts';
import type { Play, Program } from '../dsl/program.ts';
import type { RunEnd, RunEvent } from '../report/event.ts';
import { connectHosts } from './connect-hosts.ts';
import { demandBoard } from './demand.ts';
import { foreseeing } from './foreseen.ts';
import { isAbort } from './notified.ts';
import type { RunOptions } from './options.ts';
import { isOver, runPlay, type RunState, takesPart } from './run-play.ts';
import { sessionsOf } from './sessions.ts';
import { tally } from './tally.ts';

/**
 * Runs a program: connects all hosts at once, then play after play. It never throws for what a host or a task does; that
 * is in the events and in the last of them, which it returns.
 */
export async function run(program: Program, given: RunOptions): Promise<RunEnd> {
  const started = performance.now();
  const counted = tally();
  const options: RunOptions = {
    ...given,
    emit(event: RunEvent) {
      counted.count(event);
      given.emit(event);
    },
  };
  const allowed = (host: string): boolean => options.limit?.has(host) ?? true;
  const plays = program.plays.map((play) => ({ play, hosts: play.hosts.filter(allowed) }));
  const hosts = [...new Set(plays.flatMap((one) => one.hosts))];
  const facts = new Map<string, Facts>();
  const factsOf = (host: string): Facts | undefined => facts.get(host);
  const sessions = sessionsOf(options);
  const state: RunState = {
    options,
    sessions,
    out: new Set(),
    lost: new Set(),
    stop: false,
    quit: false,
    foreseen: foreseeing(),
    evaluate: (play, host) => play.evaluate(host, facts.get(host), factsOf),
    isLast: (play) => play === alone,
    evaluated: (play, host) => (play.options.facts && !facts.has(host) ? undefined : play.evaluate(host, facts.get(host), factsOf)),
  };
  program.demands.run = demandBoard(program, state);
  options.emit({ type: 'runStart', mode: options.mode, ...options.meta, plays: plays.filter(({ play, hosts: names }) => names.some((host) => hasWork(state, play, host))).map(({ play, hosts: names }) => ({ name: play.name, hosts: names })), hosts, startedAt: new Date().toISOString() });
  for (const message of program.warnings) options.emit({ type: 'warning', message });

  const extra: Diagnostic[] = [];
  let alone: Play | undefined;
  try {
    await connectHosts(state, plays, hosts, facts);
    extra.push(...unfit(state, plays));
    alone = lastAlone(state, plays);
    if (extra.length === 0) {
      for (const { play, hosts: names } of plays) {
        const there = names.filter((host) => takesPart(state, play, host));
        if (!isOver(state, play) && there.some((host) => hasWork(state, play, host))) await runPlay(state, play, there);
        abandon(state, play);
      }
    }
  } catch (error) {
    if (!isAbort(error)) throw error;
  } finally {
    program.demands.run = undefined;
    await sessions.closeAll();
  }
  if (options.signal.aborted) extra.push({ cause: 'aborted', summary: 'stopped before it was done', hint: 'What is done is done: `plinth apply --resume` goes on from here.' });
  const end = counted.end(hosts.length, performance.now() - started, extra);
  options.emit(end);
  return end;
}

/** Outputs that will never come any more must not keep anyone waiting: tasks of hosts that failed, were left out or not reached. */
function abandon(state: RunState, play: Play): void {
  for (const host of play.hosts) {
    for (const task of state.evaluated(play, host)?.tasks ?? []) task.output.fail(new PlinthError({ cause: 'late', summary: `"${task.name}" did not run on ${host}, so its output is missing`, at: [task.at] }));
  }
}

/** A play that only has tasks on demand is not run by itself, and nobody wants to read of it. One whose facts are still to come may have work. */
function hasWork(state: RunState, play: Play, host: string): boolean {
  const evaluated = state.evaluated(play, host);
  return evaluated === undefined || evaluated.tasks.length > 0 || evaluated.onDemand.length === 0;
}

/** The last play, if none of its hosts may still be wanted by another: for a delegated task, or for a late value. */
function lastAlone(state: RunState, plays: readonly { readonly play: Play; readonly hosts: readonly string[] }[]): Play | undefined {
  const last = plays.at(-1);
  const isDemanded = plays.some(({ play }) => play.hosts.some((host) => state.evaluated(play, host)?.onDemand.length));
  const isDelegated = last?.hosts.some((host) => state.evaluated(last.play, host)?.tasks.some((task) => task.options.delegate));
  return isDemanded || isDelegated ? undefined : last?.play;
}

/** Bodies that wanted facts run now, on every host and for every play, before the first change: their bad arguments end the run. */
function unfit(state: RunState, plays: readonly { readonly play: Program['plays'][number]; readonly hosts: readonly string[] }[]): Diagnostic[] {
  const problems: Diagnostic[] = [];
  for (const { play, hosts } of plays) {
    for (const host of hosts) {
      if (state.out.has(host)) continue;
      try {
        state.evaluate(play, host);
      } catch (error) {
        if (!(error instanceof PlinthError)) throw error;
        problems.push(...error.diagnostics);
      }
    }
  }
  return problems;
}
