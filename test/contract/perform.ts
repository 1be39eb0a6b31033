import { spawnSync } from 'node:child_process';
import { Script, type Change } from '../../src/contract/index.ts';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the script of a change on this machine as the engine would on a node. */
export async function perform({ run }: Pick<Change, 'run'>, [command, ...flags]: readonly [string, ...string[]] = ['sh']): Promise<Outcome> {
  if (!(run instanceof Script)) throw new Error('only scripts can be tried here');
  const { status, stdout, stderr } = spawnSync(command, [...flags], { input: `( set -eu\n${await run.text()}\n) </dev/null\n`, encoding: 'utf8', cwd: '/', env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', HOME: '/root' } });
  return { code: status, stdout, stderr };
}
