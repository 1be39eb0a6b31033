import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PlinthError } from '../../contract/diagnostic.ts';
import type { RunEnd, RunEvent } from '../../report/event.ts';
import { runEventSchema } from '../../report/schema.ts';
import { type RunMeta, runMetaSchema } from './meta.ts';

/** An event as it stands in a journal: `t` is when it was told, in ms since the run began; absent in journals of old. */
export type JournaledEvent = RunEvent & { readonly t?: number };

export interface JournaledRun {
  /** The folder it is kept in. */
  readonly dir: string;
  readonly meta: RunMeta;
  readonly events: readonly JournaledEvent[];
  readonly end: RunEnd | undefined;
  /** `interrupted`: stopped by the operator, or it never came to its end. */
  readonly result: 'ok' | 'failed' | 'interrupted' | 'running';
}

/** Every run that can be read, the newest first. Others are passed over: the journal is a convenience. */
export async function listRuns(root: string): Promise<JournaledRun[]> {
  const names = await readdir(root).catch(() => []);
  const runs = await Promise.all(names.map((name) => tryRead(root, name)));
  return runs.filter((run) => run !== undefined).toSorted((a, b) => (a.meta.startedAt < b.meta.startedAt ? 1 : -1));
}

/**
 * One run by its id, by the beginning of it, or `last`.
 * @throws PlinthError where none or several fit.
 */
export async function findRun(root: string, id: string): Promise<JournaledRun> {
  const runs = await listRuns(root);
  const fitting = id === 'last' ? runs.slice(0, 1) : runs.filter(({ meta }) => meta.id.startsWith(id) || meta.id.endsWith(`-${id}`));
  const [found, ...more] = fitting;
  if (found && more.length === 0) return found;
  throw new PlinthError({ cause: 'usage', summary: found ? `several runs fit "${id}": ${fitting.map(({ meta }) => meta.id).join(', ')}` : `there is no run "${id}"`, hint: '`plinth runs` lists them.' });
}

async function tryRead(root: string, name: string): Promise<JournaledRun | undefined> {
  const text = await readFile(join(root, name, 'meta.json'), 'utf8').catch(() => undefined);
  const meta = text === undefined ? undefined : runMetaSchema.safeParse(parseJson(text));
  if (!meta?.success) return undefined;
  const lines = (await readFile(join(root, name, 'events.jsonl'), 'utf8').catch(() => '')).split('\n');
  // A crash cuts the last line short; a line that makes no sense is as good as none.
  const events = lines.flatMap((line) => readEvent(parseJson(line)));
  const end = events.findLast((event) => event.type === 'runEnd');
  return { dir: join(root, name), meta: meta.data, events, end, result: resultOf(meta.data, end) };
}

const stamp = z.object({ t: z.number() });

function readEvent(line: unknown): JournaledEvent[] {
  const event = runEventSchema.safeParse(line);
  const stamped = stamp.safeParse(line);
  if (!event.success) return [];
  return [stamped.success ? { ...event.data, t: stamped.data.t } : event.data];
}

function resultOf(meta: RunMeta, end: RunEnd | undefined): JournaledRun['result'] {
  if (end) return end.ok ? 'ok' : end.errors.some(({ cause }) => cause === 'aborted') ? 'interrupted' : 'failed';
  return isAlive(meta.pid) ? 'running' : 'interrupted';
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
