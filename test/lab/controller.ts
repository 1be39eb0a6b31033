import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { RunEnd, RunEvent } from '../../src/report/event.ts';
import { built } from './built.ts';

/** What a run of the program came to. */
export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Lines of `--output jsonl`; none in other forms. */
  readonly events: readonly RunEvent[];
}

/** A program that is still running. */
export interface Running {
  readonly child: ChildProcess;
  readonly done: Promise<Ran>;
  /** The first event that fits; rejects when the program ends without one. */
  event(fits: (event: RunEvent) => boolean): Promise<RunEvent>;
}

export interface Whereabouts {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Starts the program as a person would, with nothing of the tests' own environment. */
export function start({ cwd, env }: Whereabouts, args: readonly string[]): Running {
  const child = spawn(process.execPath, [built(), ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const events: RunEvent[] = [];
  const waiting = new Set<{ fits: (event: RunEvent) => boolean; found: (event: RunEvent) => void; fail: (why: Error) => void }>();
  let stdout = '';
  let stderr = '';
  createInterface({ input: child.stdout }).on('line', (line) => {
    stdout += `${line}\n`;
    if (!line.startsWith('{"type":')) return;
    const event: RunEvent = JSON.parse(line);
    events.push(event);
    for (const one of waiting) {
      if (!one.fits(event)) continue;
      waiting.delete(one);
      one.found(event);
    }
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const done = new Promise<Ran>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr, events });
      for (const { fail } of waiting) fail(new Error(`plinth ${args.join(' ')} ended before that:\n${stdout}${stderr}`));
    });
  });
  return {
    child,
    done,
    event: (fits) =>
      new Promise((found, fail) => {
        const before = events.find(fits);
        if (before) found(before);
        else waiting.add({ fits, found, fail });
      }),
  };
}

/** The last event of a run. */
export function endOf({ events, stdout, stderr }: Ran): RunEnd {
  const last = events.at(-1);
  if (last?.type !== 'runEnd') throw new Error(`the run has no end:\n${stdout}${stderr}`);
  return last;
}
