import { spawn } from 'node:child_process';
import type { Io } from '../context.ts';

const programs: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: 'open', win32: 'explorer.exe' };

/** Gives a file to the desktop's own program for it. Where there is no desktop, it says so and that is all. */
export async function openFile(file: string, { env, err }: Pick<Io, 'env' | 'err'>): Promise<void> {
  const program = programs[process.platform] ?? 'xdg-open';
  const problem = await new Promise<string | undefined>((resolve) => {
    const child = spawn(program, [file], { env: { ...env }, stdio: 'ignore', detached: true });
    child.on('error', (error) => resolve(error.message));
    child.on('spawn', () => {
      child.unref();
      resolve(undefined);
    });
  });
  if (problem !== undefined) err(`note: it cannot be opened here (${problem}); open the file in a browser yourself\n`);
}
