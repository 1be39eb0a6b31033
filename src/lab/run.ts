import { spawn } from 'node:child_process';
import { labError } from './fail.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a local program without a shell and waits for it; the exit code is the caller's to judge. */
export const run = (command: readonly string[], options: RunOptions = {}): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const [file = '', ...args] = command;
    const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C', ...options.env } });
    const out: string[] = [];
    const err: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
    child.on('error', (error) => reject(labError(`cannot run ${file}`, { detail: error.message }, { cause: error })));
    child.on('close', (code, signal) => resolve({ code: code ?? (signal ? 137 : 1), stdout: out.join(''), stderr: err.join('') }));
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
  });

/** Like `run`, and anything but exit code 0 is an error that says `what` could not be done. */
export async function must(what: string, command: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await run(command, options);
  if (code === 0) return stdout;
  throw labError(`cannot ${what}`, { detail: `${command.slice(0, 4).join(' ')} ended with exit code ${code}\n${lastLines(stderr || stdout, 15)}` });
}

export const lastLines = (text: string, count: number): string => text.trimEnd().split('\n').slice(-count).join('\n');
