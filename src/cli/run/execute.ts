import type { Diagnostic } from '../../contract/diagnostic.ts';
import { type RunOptions, run as runProgram } from '../../engine/index.ts';
import { newRunId, openJournal } from '../../engine/journal/open-journal.ts';
import { createMasker } from '../../engine/mask.ts';
import type { Reporter, RunEnd, RunEvent } from '../../report/event.ts';
import type { InputOf } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { journalDir } from '../fleet/journal-dir.ts';
import { stepSummary } from '../report/step-summary.ts';
import { traceExport } from '../report/trace-export.ts';
import { createConnect } from './connect.ts';
import { watchInterrupt } from './interrupt.ts';
import { numberOf } from './number.ts';
import type { runOptions } from './options.ts';
import type { Prepared } from './prepare.ts';

/** A run and what it ended with. */
export interface Executed {
  readonly end: RunEnd;
  readonly interrupted: boolean;
}

export interface Execution {
  readonly mode: 'plan' | 'apply';
  readonly prepared: Prepared;
  readonly reporters: readonly Reporter[];
  readonly confirm?: RunOptions['confirm'];
  readonly resume?: { readonly id: string; readonly done: ReadonlySet<string> };
  /** Whether the run is written down. Default: yes. */
  readonly journal?: boolean;
}

/** Runs a prepared program with everything around it: secrets, connections, journal, Ctrl-C. */
export async function execute(input: InputOf<typeof runOptions>, { mode, prepared, reporters, confirm, resume, journal = true }: Execution, context: Context): Promise<Executed> {
  const { asked, inventory, limit } = prepared;
  const id = newRunId(new Date());
  const masker = createMasker();
  for (const value of await inventory.resolveSecrets(prepared.hosts)) masker.add(value);
  const told: Reporter[] = [...reporters];
  const emit = (event: RunEvent): void => told.forEach((reporter) => reporter.on(event));
  const warn = (message: string): void => emit({ type: 'warning', message: masker.mask(message) });
  const ask: Context['ask'] = (question, options) => {
    const answered = context.ask(question, options);
    for (const reporter of told) reporter.hold?.(answered);
    return answered;
  };
  const connect = await createConnect(input, { inventory, context: { ...context, ask }, run: id, note: warn, hide: (secret) => masker.add(secret) });
  if (journal) {
    const meta = {
      format: 1 as const,
      id,
      mode,
      playbook: asked.playbook,
      inventory: [...asked.inventory],
      ...(asked.limit === undefined ? {} : { limit: asked.limit }),
      ...(asked.tags.length > 0 ? { tags: [...asked.tags] } : {}),
      ...(asked.skipTags.length > 0 ? { skipTags: [...asked.skipTags] } : {}),
      version: context.version,
      startedAt: new Date().toISOString(),
      pid: process.pid,
      ...(resume ? { resumes: resume.id } : {}),
    };
    told.unshift(openJournal(journalDir(context), meta, warn));
  }
  const summary = journal && !input.flag('no-summary') ? await stepSummary(context) : undefined;
  if (summary) told.push(summary);
  const trace = journal ? await traceExport(input.text('otlp'), context) : undefined;
  if (trace) told.push(trace);
  const interrupt = watchInterrupt(context, warn);
  const concurrency = numberOf(input.text('concurrency'), '--concurrency');
  try {
    const end = await runProgram(prepared.build(), {
      mode,
      meta: { run: id, playbook: asked.playbook, inventory: inventory.source, version: context.version },
      connect,
      patience: async (host) => (host === 'controller' ? undefined : (await inventory.reach(host)).reconnectTimeout),
      emit,
      signal: interrupt.signal,
      masker,
      ...(limit ? { limit } : {}),
      ...(asked.tags.length > 0 ? { tags: asked.tags } : {}),
      ...(asked.skipTags.length > 0 ? { skipTags: asked.skipTags } : {}),
      ...(confirm ? { confirm } : {}),
      ...(resume ? { resumed: resume.done } : {}),
      ...(concurrency === undefined ? {} : { concurrency }),
    });
    return { end, interrupted: interrupt.signal.aborted };
  } finally {
    interrupt.release();
    for (const reporter of told) await reporter.end?.();
  }
}

/** The last event of a run that could not begin, so that machines get one in any case. */
export const neverBegan = (errors: readonly Diagnostic[]): RunEnd => ({ type: 'runEnd', ok: false, hosts: 0, changed: 0, unchanged: 0, pending: 0, unknown: 0, failed: 0, unreachable: 0, skipped: 0, trips: {}, ms: 0, errors });
