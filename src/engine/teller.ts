import { type Change, showEffect } from '../contract/change.ts';
import type { Diagnostic } from '../contract/diagnostic.ts';
import type { Play, Task } from '../dsl/program.ts';
import type { Resumable, RunEvent, Status, TaskRef, ToldChange } from '../report/event.ts';
import type { MaskedStream, Masker } from './options.ts';

/** What is told of a task: texts masked, located, counted. */
export interface Teller {
  ref(task: Task): TaskRef;
  changes(changes: readonly Change[]): readonly ToldChange[];
  diagnostic(task: Task, found: Diagnostic): Diagnostic;
  start(task: Task, index: number, of: number): void;
  output(task: Task, stream: 'stdout' | 'stderr', text: string): void;
  result(task: Task, status: Status, extra: { readonly changes?: readonly Change[]; readonly ms: number; readonly attempts?: number; readonly mayBeAffected?: boolean; readonly note?: string; readonly error?: Diagnostic; readonly ignored?: boolean } & Resumable): void;
  readonly counts: Record<Status, number>;
}

export function tellerOf(play: Play, host: string, emit: (event: RunEvent) => void, masker: Masker): Teller {
  const counts: Record<Status, number> = { ok: 0, changed: 0, 'would-change': 0, unknown: 0, failed: 0, skipped: 0 };
  const ref = (task: Task): TaskRef => ({ play: play.name, host, task: task.name, module: task.module.name, at: task.at });
  const changes = (list: readonly Change[]): readonly ToldChange[] =>
    list.map(({ what, from, to, run }) => ({ what: masker.mask(what), from: from === undefined ? null : masker.mask(from), to: to === undefined ? null : masker.mask(to), run: masker.mask(showEffect(run)) }));
  const diagnostic = (task: Task, found: Diagnostic): Diagnostic => ({
    ...found,
    summary: masker.mask(found.summary),
    ...(found.detail === undefined ? {} : { detail: masker.mask(found.detail) }),
    at: found.at ?? [task.at],
    host: found.host ?? host,
    play: play.name,
    task: task.name,
  });
  const outputs = new Map<string, { readonly task: Task; readonly stream: 'stdout' | 'stderr'; readonly masked: MaskedStream }>();
  const show = (task: Task, stream: 'stdout' | 'stderr', text: string): void => {
    if (text !== '') emit({ type: 'taskOutput', ...ref(task), stream, text });
  };
  return {
    ref,
    changes,
    diagnostic,
    counts,
    start: (task, index, of) => emit({ type: 'taskStart', ...ref(task), index, of }),
    output(task, stream, text) {
      const key = `${stream} ${task.id}`;
      const open = outputs.get(key) ?? { task, stream, masked: masker.stream() };
      outputs.set(key, open);
      show(task, stream, open.masked.push(text));
    },
    result(task, status, { changes: list = [], error, ...rest }) {
      for (const [key, open] of outputs) {
        if (open.task !== task) continue;
        outputs.delete(key);
        show(task, open.stream, open.masked.end());
      }
      counts[status]++;
      emit({ type: 'taskResult', ...ref(task), status, changes: changes(list), attempts: 1, ...rest, ...(error ? { error: diagnostic(task, error) } : {}) });
    },
  };
}
