import { spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { labError } from './fail.ts';
import { lastLines } from './run.ts';

export interface Detached {
  readonly pid: number;
  /** Its first line on stdout; empty unless asked for. */
  readonly line: string;
}

export interface DetachOptions {
  /** Its stderr goes to the end of this file. */
  readonly log: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Waits for one line on stdout and answers it. */
  readonly awaitLine?: boolean;
}

/** Starts a program that outlives us, in a session of its own. Throws `lab` with its last words when it ends too early. */
export async function spawnDetached(what: string, command: readonly string[], { log, env, awaitLine = false }: DetachOptions): Promise<Detached> {
  const [file = '', ...args] = command;
  const err = await open(log, 'a', 0o600);
  const child = spawn(file, args, { detached: true, stdio: ['ignore', awaitLine ? 'pipe' : 'ignore', err.fd], env: { ...process.env, LC_ALL: 'C', ...env } });
  const line = await new Promise<string | undefined>((resolve) => {
    let text = '';
    child.on('error', () => resolve(undefined));
    child.on('exit', () => resolve(undefined));
    if (!child.stdout) child.on('spawn', () => resolve(''));
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.split('\n')[0]);
    });
  });
  await err.close();
  child.stdout?.destroy();
  child.unref();
  if (line === undefined || child.pid === undefined) {
    throw labError(`cannot start ${what}`, { detail: lastLines(await readFile(log, 'utf8').catch(() => ''), 10) });
  }
  return { pid: child.pid, line };
}
