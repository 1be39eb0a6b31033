import { PlinthError } from '../contract/diagnostic.ts';
import type { Program, Task } from '../dsl/program.ts';
import { onceBoard } from './once.ts';
import { reconcile } from './reconcile.ts';
import { type RunState, takesPart, workOf } from './run-play.ts';
import { tellerOf } from './teller.ts';

/**
 * How late values get a task run on its own host when a script that needs its output is about to be sent. Once each. The host
 * that is asked may be the one that asks: its shell is free until the late values of what it is about to send are known.
 */
export function demandBoard(program: Program, state: RunState): (host: string, task: Task) => Promise<unknown> {
  const begun = new Map<Task, Promise<unknown>>();
  const perform = async (host: string, task: Task): Promise<unknown> => {
    const play = program.plays.find((one) => one.hosts.includes(host) && state.evaluated(one, host)?.onDemand.includes(task));
    if (!play) throw new PlinthError({ cause: 'internal', summary: `no play declares "${task.name}"`, at: [task.at], host });
    if (!takesPart(state, play, host)) throw new PlinthError({ cause: 'late', summary: `"${task.name}" is needed, but ${host} failed or cannot be reached`, at: [task.at], hint: `Mend ${host} first, then apply again.` });
    const { options } = state;
    // What is minted is a credential more often than not, and not known to the masker before it has been printed.
    const teller = { ...tellerOf(play, host, options.emit, options.masker), output: () => undefined };
    const work = await workOf(state, play, { host, tasks: [task], handlers: [], onDemand: [] }, onceBoard(), teller, (readings, effects, ms) => options.emit({ type: 'batch', play: play.name, host, readings, effects, ms }));
    // Who asked fails when it cannot be had, or asks another host: it is his failure that counts.
    await reconcile(work, [{ ...task, options: { ...task.options, ignoreErrors: true } }]);
    const output = await task.output.late.resolve();
    for (const text of texts(output)) options.masker.add(text);
    return output;
  };
  return (host, task) => {
    const known = begun.get(task) ?? perform(host, task);
    begun.set(task, known);
    return known;
  };
}

/** The longer texts of what was minted are masked like secrets from here on. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return value.length >= 8 ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(texts);
}
