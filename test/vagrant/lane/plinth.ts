import { join } from 'node:path';
import { z } from 'zod';
import { labError } from '../../../src/lab/fail.ts';
import { lastLines } from '../../../src/lab/run.ts';
import { inside, type Inside } from './inside.ts';

const result = z.object({ type: z.literal('taskResult'), host: z.string(), task: z.string(), module: z.string(), status: z.string(), error: z.object({ summary: z.string(), detail: z.string().optional() }).optional(), changes: z.array(z.object({ what: z.string(), from: z.string().nullable(), to: z.string().nullable() })) });
const end = z.object({ type: z.literal('runEnd'), ok: z.boolean(), hosts: z.number(), changed: z.number(), pending: z.number(), unknown: z.number(), failed: z.number(), unreachable: z.number(), trips: z.record(z.string(), z.number()), errors: z.array(z.object({ summary: z.string(), detail: z.string().optional(), host: z.string().optional(), task: z.string().optional() })) });

/** What a run of Plinth came to. */
export interface PlinthRun {
  readonly code: number;
  readonly end: z.output<typeof end>;
  readonly results: readonly z.output<typeof result>[];
  /** `host: task` of everything that was changed, or would be, sorted. */
  readonly changed: readonly string[];
}

export interface Plinth {
  readonly here: Inside;
  readonly root: string;
  /** Where runs are written down. */
  readonly cwd: string;
  readonly inventories: readonly string[];
}

/** Runs `plinth plan|apply` in the world. Throws `lab` where it tells no end. */
export async function plinth({ here, root, cwd, inventories }: Plinth, mode: 'plan' | 'apply', playbook: string, more: readonly string[] = []): Promise<PlinthRun> {
  const name = `plinth-${mode}-${playbook.replace(/^.*\//, '').replace(/\.ts$/, '')}`;
  const command = [process.execPath, join(root, 'bin/plinth.cjs'), mode, join(root, playbook), ...inventories.flatMap((file) => ['-i', file]), '--accept-new', '--output', 'jsonl', ...more];
  const { code, stdout, stderr } = await inside(here, name, command, { cwd, wait: 1_800_000 });
  const events = stdout.split('\n').flatMap((line): unknown[] => {
    try {
      return line === '' ? [] : [JSON.parse(line)];
    } catch {
      return [];
    }
  });
  const last = events.map((event) => end.safeParse(event)).find(({ success }) => success)?.data;
  if (!last) throw labError(`plinth ${mode} ${playbook} told no end (exit code ${code})`, { detail: lastLines(`${stdout}\n${stderr}`, 25) });
  const results = events.flatMap((event) => result.safeParse(event).data ?? []);
  const changed = results.filter(({ status }) => status === 'changed' || status === 'would-change').map(({ host, task }) => `${host}: ${task}`);
  return { code, end: last, results, changed: changed.toSorted() };
}

/** Fails with what the run had to say, unless `holds`. */
export function expectRun(what: string, run: PlinthRun, holds: boolean): void {
  if (holds) return;
  const { changed, pending, unknown, failed, unreachable, errors } = run.end;
  const told = [
    `changed ${changed}, pending ${pending}, unknown ${unknown}, failed ${failed}, unreachable ${unreachable}, exit code ${run.code}`,
    ...run.results.filter(({ status }) => status === 'failed' || status === 'unknown').map(({ host, task, status, error }) => `${host}: ${task}: ${status}${error ? `: ${error.summary}${error.detail ? `\n${error.detail}` : ''}` : ''}`),
    ...errors.map(({ host, task, summary, detail }) => `${[host, task].filter(Boolean).join(': ')}: ${summary}${detail ? `\n${detail}` : ''}`),
    ...run.changed.map((one) => `changed: ${one}`),
  ];
  throw labError(what, { detail: told.join('\n') });
}
