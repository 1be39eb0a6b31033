import { spawn } from 'node:child_process';
import { createWriteStream, openSync } from 'node:fs';
import { join } from 'node:path';
import { labError } from '../../../src/lab/fail.ts';
import { lastLines, type Ran } from '../../../src/lab/run.ts';
import type { World } from './world.ts';

/** How commands are run in the world. What they say is kept in `log`. */
export interface Inside {
  readonly world: World;
  readonly env: Readonly<Record<string, string>>;
  /** Holds the logs, by the name of what is run. */
  readonly logs: string;
}

/** Runs a command in the world to its end. `wait` is in ms: a hanging program is not worth a CI job. */
export function inside({ world, env, logs }: Inside, name: string, command: readonly string[], { cwd, wait = 900_000 }: { cwd?: string; wait?: number } = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const [file = '', ...args] = [...world.enter, ...(cwd === undefined ? [] : ['env', `--chdir=${cwd}`]), ...command];
    const log = createWriteStream(join(logs, `${name}.log`), { flags: 'a' });
    log.write(`\n$ ${command.join(' ')}\n`);
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      log.write(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      log.write(text);
    });
    const timer = setTimeout(() => {
      stderr += `\nended after ${wait / 1000} s`;
      child.kill('SIGKILL');
    }, wait);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      log.end();
      resolve({ code: code ?? (signal ? 137 : 1), stdout, stderr });
    });
  });
}

/** Like `inside`, and anything but exit code 0 is an error that says `what` could not be done. */
export async function insideMust(here: Inside, what: string, name: string, command: readonly string[], options: { cwd?: string; wait?: number } = {}): Promise<string> {
  const { code, stdout, stderr } = await inside(here, name, command, options);
  if (code === 0) return stdout;
  throw labError(`cannot ${what}`, { detail: `${command.slice(0, 5).join(' ')} ended with exit code ${code}\n${lastLines(`${stdout}\n${stderr}`, 25)}` });
}

/** Starts a daemon in the world; it ends with it. */
export function startInside({ world, env, logs }: Inside, name: string, command: readonly string[]): void {
  const log = openSync(join(logs, `${name}.log`), 'a');
  const [file = '', ...args] = [...world.enter, ...command];
  spawn(file, args, { stdio: ['ignore', log, log], env: { ...process.env, ...env }, detached: true }).unref();
}
