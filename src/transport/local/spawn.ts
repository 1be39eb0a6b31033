import { type ChildProcess, spawn } from 'node:child_process';
import type { LinkEnd, ShellLink } from '../shell/link.ts';

/** After a command has ended, how long its last output may take when something it left behind keeps the pipe open, in ms. */
const lastWords = 500;

/** How long a carrier may take to end once its streams are closed, in ms. */
const patience = 1000;

/** A local program as a link. It leads a session of its own, so Ctrl-C at our terminal does not reach it. */
export function spawnLink(file: string, args: readonly string[], options: { readonly cwd?: string; /** It only carries a shell: it may be killed when it does not end by itself. */ readonly carrier?: boolean } = {}): ShellLink {
  const { cwd, carrier } = options;
  const child = spawn(file, args, { ...(cwd === undefined ? {} : { cwd }), stdio: 'pipe', detached: true });
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    ended: ending(child),
    // Closing its stdin lets a runner end what it owns; killing it would leave that behind.
    destroy() {
      if (carrier === true) setTimeout(() => child.kill('SIGTERM'), patience).unref();
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
