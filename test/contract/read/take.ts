import { spawnSync } from 'node:child_process';
import { join, type Observed, type Readings } from '../../../src/contract/index.ts';

/** The shells that nodes have as /bin/sh. */
export const nodeShells: readonly (readonly [string, ...string[]])[] = [['dash'], ['busybox', 'sh'], ['bash', '--posix']];

/** Takes readings on this machine, by a shell, as the engine would on a node. */
export async function take<R extends Readings>(readings: R, [command, ...flags]: readonly [string, ...string[]] = ['sh']): Promise<Observed<R>> {
  const { scripts, places } = join(Object.values(readings));
  const replies = await Promise.all(scripts.map(async (script) => run(command, flags, await script.text())));
  const names = Object.keys(readings);
  const values = places.map(({ script, index, reading }) => reading.kind.parse(replies[script]?.get(String(index)), reading.key));
  return Object.fromEntries(names.map((name, i) => [name, values[i]])) as Observed<R>;
}

function run(command: string, flags: readonly string[], script: string): Map<string, string> {
  // Facts end with a NUL, which no shell variable can hold.
  const put = `put() { printf '%s %s\\000' "$1" "$2" >&3; }\nset -eu\n`;
  const { status, stderr, output } = spawnSync(command, [...flags], { input: `${put}( ${script}\n) </dev/null\n`, stdio: ['pipe', 'pipe', 'pipe', 'pipe'], encoding: 'utf8', env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' } });
  if (status !== 0) throw new Error(`${command} ended with ${String(status)}: ${stderr}\n${script}`);
  const facts = (output[3] ?? '').split('\0').slice(0, -1);
  return new Map(facts.map((fact) => [fact.slice(0, fact.indexOf(' ')), fact.slice(fact.indexOf(' ') + 1)]));
}
