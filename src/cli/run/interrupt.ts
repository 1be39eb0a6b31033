import type { Io } from '../context.ts';

/** Ctrl-C once asks the run to stop, twice ends this program on the spot. */
export interface Interrupt {
  readonly signal: AbortSignal;
  release(): void;
}

export function watchInterrupt(io: Pick<Io, 'onInterrupt' | 'exit' | 'err' | 'terminal'>, say: (message: string) => void): Interrupt {
  const controller = new AbortController();
  const release = io.onInterrupt(() => {
    if (controller.signal.aborted) {
      // Live rows hide the cursor.
      if (io.terminal.stdout) io.err('\u001B[?25h\n');
      io.exit(130);
    }
    say('stopping: running steps are ended on the nodes, critical ones finish first. Ctrl-C again leaves at once');
    controller.abort();
  });
  return { signal: controller.signal, release };
}
