import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Kind, Reading } from '../../src/contract/index.ts';

export type Shell = 'dash' | 'busybox sh' | 'bash';
const all: readonly Shell[] = ['dash', 'busybox sh', 'bash'];

/** The shells of this machine; dash must be there. */
export const shells: readonly Shell[] = all.filter((shell) => shell === 'dash' || ['/bin', '/usr/bin'].some((dir) => existsSync(`${dir}/${shell.split(' ')[0]}`)));

export interface Env {
  readonly PATH?: string;
}

/** Runs the script of a kind as a transport would, with a `put` that prints; gives the text of each key. */
export async function answer<T>(shell: Shell, kind: Kind<T>, keys: readonly string[], env: Env = {}): Promise<(string | undefined)[]> {
  const mark = 'PUT-8c1f';
  const script = `put() { printf '%s %s\\n%s\\n%s\\n' ${mark} "$1" "$2" ${mark}-END; }\nset -eu\n${await kind.script(keys).text()}`;
  const [program = '', ...args] = shell.split(' ');
  const run = spawnSync(program, [...args, '-c', script], { encoding: 'utf8', env: { PATH: process.env.PATH, LC_ALL: 'C', ...env } });
  if (run.status !== 0) throw new Error(`${shell} exited ${run.status}: ${run.stderr}`);
  const found = new Map([...run.stdout.matchAll(new RegExp(`${mark} (\\d+)\\n([^]*?)\\n${mark}-END\\n`, 'g'))].map(([, index, text]) => [Number(index), text]));
  return keys.map((_, index) => found.get(kind.shared ? 0 : index));
}

/** A reading taken of this machine. */
export async function take<T>(shell: Shell, reading: Reading<T>, env?: Env): Promise<T> {
  const [text] = await answer(shell, reading.kind, [reading.key], env);
  return reading.kind.parse(text, reading.key);
}
