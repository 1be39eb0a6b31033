import { type ChildProcess, spawn } from 'node:child_process';
import type { LinkEnd, ShellLink } from '../shell/link.ts';

/** After a command has ended, how long its last output may take when something it left behind keeps the pipe open, in ms. */
const lastWords = 500;

/** A local program as a link. It leads a session of its own, so Ctrl-C at our terminal does not reach it. */
export function spawnLink(file: string, args: readonly string[], options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {}): ShellLink {
  const child = spawn(file, args, { ...options, stdio: 'pipe', detached: true });
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    ended: ending(child),
    // Closing its stdin lets a runner end what it owns; killing it would leave that behind.
    destroy() {
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    },
  };
}

const ending = (child: ChildProcess): Promise<LinkEnd> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve({ reason: error.message }));
    child.once('exit', (code, signal) => {
      const end: LinkEnd = signal ? { signal } : { code: code ?? 0 };
      const timer = setTimeout(() => resolve(end), lastWords);
      child.once('close', () => {
        clearTimeout(timer);
        resolve(end);
      });
    });
  });
