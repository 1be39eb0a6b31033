import { z } from 'zod';
import type { Reply, Step } from '../contract/connection.ts';
import type { Reading } from '../contract/reading.ts';
import type { Task } from '../dsl/program.ts';
import { isConverged, type Prepared, prepareTask, type ReadingBatch, readingBatch, type Seen } from './observe.ts';
import type { Session } from './session.ts';
import type { Work } from './work.ts';

/**
 * What is known of a host, and since when. Everything before `fresh` rests on readings taken after the last change.
 */
export interface View {
  /** What was last seen of task i. */
  at(i: number): Seen;
  /** Reads all tasks, and `extra` readings besides, in one round trip; gives back the extra ones' values. */
  readAll(extra: readonly Reading<unknown>[]): Promise<readonly unknown[]>;
  /** Makes task i fresh: reads it, and on to the next task that differs. */
  freshen(i: number): Promise<void>;
  /** Believes nothing from task i on. */
  doubt(i: number): void;
  /** Runs something that changes task i with the readings from i to the next task that differs behind it, in one frame. */
  readBehind<T extends { readonly replies: readonly (Reply | undefined)[]; readonly failure?: unknown }>(i: number, session: Session, run: (after: readonly Step[]) => Promise<T>): Promise<T>;
}

export function viewOf(work: Work, tasks: readonly Task[]): View {
  const prepared = tasks.map(prepareTask);
  const seen: Seen[] = [];
  let fresh = 0;

  const nextDirty = (from: number): number => {
    let at = from;
    for (let one = seen[at]; one && isConverged(one); one = seen[++at]);
    return Math.min(at + 1, tasks.length);
  };

  /** Readings by the session that takes them; `own` ride behind something else, the rest go on their own. */
  const gather = async (from: number, to: number, extra?: Prepared): Promise<Map<Session, { readonly indexes: readonly number[]; readonly batch: ReadingBatch }>> => {
    const bySession = new Map<Session, number[]>();
    for (let i = from; i < to; i++) {
      const one = prepared[i];
      if (!one) continue;
      const session = await work.sessionOf(one.task);
      bySession.set(session, [...(bySession.get(session) ?? []), i]);
    }
    if (extra) bySession.set(work.session, [...(bySession.get(work.session) ?? []), -1]);
    const batches = new Map<Session, { readonly indexes: readonly number[]; readonly batch: ReadingBatch }>();
    for (const [session, indexes] of bySession) {
      const members = indexes.map((i) => (i < 0 ? extra : prepared[i])).filter((one) => one !== undefined);
      batches.set(session, { indexes, batch: await readingBatch(members, work.options.masker) });
    }
    return batches;
  };

  const settle = ({ indexes, batch }: { readonly indexes: readonly number[]; readonly batch: ReadingBatch }, replies: readonly (Reply | undefined)[]): Seen | undefined => {
    let extra: Seen | undefined;
    batch.settle(replies).forEach((one, k) => {
      const i = indexes[k] ?? -1;
      if (i < 0) extra = one;
      else seen[i] = one;
    });
    return extra;
  };

  const send = async (session: Session, part: { readonly indexes: readonly number[]; readonly batch: ReadingBatch }): Promise<Seen | undefined> => {
    if (part.batch.steps.length === 0) return settle(part, []);
    const started = performance.now();
    const replies = await session.read(part.batch.steps);
    work.trip(part.batch.steps.length, 0, performance.now() - started);
    return settle(part, replies);
  };

  const read = async (from: number, to: number, extra?: Prepared): Promise<Seen | undefined> => {
    const parts = [...(await gather(from, to, extra))];
    const found = await Promise.all(parts.map(([session, part]) => send(session, part)));
    fresh = to;
    return found.find((one) => one !== undefined);
  };

  return {
    at: (i) => seen[i] ?? unread,
    async readAll(extra) {
      const names = extra.map((_, k) => String(k));
      const found = await read(0, tasks.length, extra.length > 0 ? { task: observer, names, readings: extra } : undefined);
      return names.map((name) => found?.observed[name]);
    },
    async freshen(i) {
      if (i < fresh) return;
      await read(i, nextDirty(i));
    },
    doubt(i) {
      fresh = Math.min(fresh, i);
    },
    async readBehind(i, session, run) {
      const to = nextDirty(i + 1);
      fresh = i;
      const parts = await gather(i, to);
      const own = parts.get(session);
      const done = await run(own?.batch.steps ?? []);
      if (done.failure !== undefined) return done;
      if (own) settle(own, done.replies);
      await Promise.all([...parts].filter(([other]) => other !== session).map(([other, part]) => send(other, part)));
      fresh = to;
      return done;
    },
  };
}

const unread: Seen = { observed: {}, changes: [], raw: [], error: { cause: 'internal', summary: 'was never read' } };

/** Carries readings that belong to no task. */
const observer: Prepared['task'] = {
  module: { name: 'observer', summary: 'Only reads.', args: z.unknown(), observe: () => ({}), *plan() {} },
  args: {},
};
