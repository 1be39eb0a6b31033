import { spawn } from 'node:child_process';
import { type Change, Script } from '../../src/contract/index.ts';

export interface Ran {
  readonly code: number | null;
  readonly stderr: string;
}

/** Runs the script of a change on this machine while this process goes on serving. */
export async function run({ run: script }: Pick<Change, 'run'>, [command, ...flags]: readonly [string, ...string[]], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  if (!(script instanceof Script)) throw new Error('only scripts can be tried here');
  const text = await script.text();
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...flags], { cwd: '/', stdio: ['pipe', 'ignore', 'pipe'], env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', no_proxy: '*', ...env } });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stderr }));
    child.stdin.end(`( set -eu\n${text}\n) </dev/null\n`);
  });
}
