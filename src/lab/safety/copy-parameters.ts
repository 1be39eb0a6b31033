import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab } from '../lab.ts';
import { run } from '../run.ts';

/** What is copied, from where on the machine to where below the lab's `machine` directory. */
const copied = [
  { from: '/proc/sys', to: 'sys', skip: 'net' },
  { from: '/proc/irq', to: 'irq' },
  { from: '/sys/kernel/mm', to: 'mm' },
  { from: '/sys/module', to: 'module' },
] as const;

/**
 * Copies the machine's kernel parameters, interrupt affinities and memory settings as they are now: what nodes see and write
 * in their place. Some cannot be read (they only trigger something), and stay empty files or are left out.
 */
export async function copyParameters(lab: Lab): Promise<void> {
  await Promise.all(
    copied.map(async ({ from, to, ...more }) => {
      const target = join(lab.dir, 'machine', to);
      await mkdir(target, { recursive: true });
      const skip = 'skip' in more ? more.skip : undefined;
      const names = (await readdir(from).catch(() => [])).filter((name) => name !== skip).map((name) => join(from, name));
      if (names.length === 0) return;
      await run(['cp', '--recursive', '--no-dereference', '--preserve=mode', '--one-file-system', '--target-directory', target, ...names]);
    }),
  );
}
