import type { Change, Refusal } from '../contract/change.ts';
import type { Reply, Step } from '../contract/connection.ts';
import { type Diagnostic, PlinthError } from '../contract/diagnostic.ts';
import { Secret } from '../contract/late.ts';
import { join, type Reading } from '../contract/reading.ts';
import type { Found } from '../contract/module.ts';
import type { Script } from '../contract/script/script.ts';
import type { Task } from '../dsl/program.ts';
import type { Masker } from './options.ts';

/** A task with the readings it asks for. */
export interface Prepared {
  readonly task: Pick<Task, 'module' | 'args'>;
  readonly names: readonly string[];
  readonly readings: readonly Reading<unknown>[];
}

/** What readings said of a task, and what follows from them. */
export interface Seen {
  readonly observed: Readonly<Record<string, unknown>>;
  readonly changes: readonly Change[];
  readonly refusal?: Refusal;
  /** What a converged task tells of what it found. */
  readonly found?: Found;
  /** A reading could not be taken or understood. */
  readonly error?: Diagnostic;
  /** What the node put for each reading, for comparing readings without understanding them. */
  readonly raw: readonly (string | undefined)[];
}

/** A read that takes longer than this hangs on something: a dead mount, a stuck daemon. In ms. */
const readingTimeout = 60_000;

export function prepareTask<T extends Pick<Task, 'module' | 'args'>>(task: T): Prepared & { readonly task: T } {
  const readings = Object.entries(task.module.observe(task.args));
  return { task, names: readings.map(([name]) => name), readings: readings.map(([, reading]) => reading) };
}

/** Readings of several tasks, joined: what to send, and what the replies mean for each task. */
export interface ReadingBatch {
  readonly steps: readonly Step[];
  settle(replies: readonly (Reply | undefined)[]): readonly Seen[];
}

export async function readingBatch(tasks: readonly Prepared[], masker: Masker): Promise<ReadingBatch> {
  const { scripts, places } = join(tasks.flatMap(({ readings }) => readings));
  const steps = await Promise.all(scripts.map(async (script) => ({ script: await revealed(script, masker), timeout: readingTimeout, quiet: true })));
  return {
    steps,
    settle(replies) {
      let at = 0;
      return tasks.map((prepared) => {
        const mine = places.slice(at, (at += prepared.readings.length));
        return see(prepared, mine, replies);
      });
    },
  };
}

/** The text of a reading; the secrets in it are masked from now on. */
async function revealed(script: Script, masker: Masker): Promise<string> {
  for (const late of script.lates) {
    if (!(late instanceof Secret)) throw new PlinthError({ cause: 'internal', summary: `a reading asks for <${late.label}>, which is not known before a change`, hint: 'Readings may hold secrets, never other late values.' });
    masker.add(String(await late.resolve()));
  }
  return script.text();
}

function see({ task, names, readings }: Prepared, places: readonly { readonly script: number; readonly index: number }[], replies: readonly (Reply | undefined)[]): Seen {
  const observed: Record<string, unknown> = {};
  const raw: (string | undefined)[] = [];
  for (const [i, reading] of readings.entries()) {
    const place = places[i];
    const reply = place && replies[place.script];
    const of = `${reading.kind.name}${reading.key ? ` ${reading.key}` : ''}`;
    if (!place || !reply) return unreadable(`the reading "${of}" was not answered`, '');
    if (reply.code !== 0) return unreadable(reply.timedOut ? `the reading "${of}" did not end within ${readingTimeout / 1000} s` : `the reading "${of}" failed (exit ${reply.code})`, reply.stderr.trim() ? reply.stderr : reply.stdout);
    const text = reply.facts.get(reading.kind.shared ? '0' : String(place.index));
    raw.push(text);
    try {
      observed[names[i] ?? ''] = reading.kind.parse(text, reading.key);
    } catch (error) {
      return unreadable(`the reading "${of}" makes no sense: ${error instanceof Error ? error.message : String(error)}`, text?.slice(0, 500) ?? 'nothing was put');
    }
  }
  const changes: Change[] = [];
  for (const item of task.module.plan(task.args, observed)) {
    if (item.kind === 'refusal') return { observed, changes: [], refusal: item, raw };
    changes.push(item);
  }
  const found = changes.length === 0 ? task.module.found?.(task.args, observed, []) : undefined;
  return { observed, changes, raw, ...(found ? { found } : {}) };
}

const unreadable = (summary: string, detail: string): Seen => ({ observed: {}, changes: [], raw: [], error: { cause: 'reading', summary, ...(detail.trim() ? { detail: lastLines(detail) } : {}) } });

/** The last lines of an output, as evidence. */
export const lastLines = (text: string, count = 12): string => text.trimEnd().split('\n').slice(-count).join('\n');

/** Nothing is left to do, and nothing stood in the way of seeing that. */
export const isConverged = (seen: Seen): boolean => seen.changes.length === 0 && !seen.refusal && !seen.error;
