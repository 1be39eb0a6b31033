import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab } from '../lab.ts';
import { run } from '../run.ts';

/**
 * Copies the machine's kernel parameters and interrupt affinities as they are now: what nodes see and write in their
 * place. Some of them cannot be read (they only trigger something), and stay empty files.
 */
export async function copyParameters(lab: Lab): Promise<void> {
  const machine = join(lab.dir, 'machine');
  for (const [from, skip, to] of [['/proc/sys', 'net', 'sys'], ['/proc/irq', '', 'irq']] as const) {
    await mkdir(join(machine, to), { recursive: true });
    const names = (await readdir(from)).filter((name) => name !== skip).map((name) => join(from, name));
    await run(['cp', '--recursive', '--preserve=mode', '--one-file-system', '--target-directory', join(machine, to), ...names]);
  }
}
