import { writeSync } from 'node:fs';
import type { Io } from './context.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The process that this program is. */
export function processIo(version: string): Io {
  const { stdin, stdout, stderr } = process;
  // A reader that went away (`plinth runs | head`) is no error of ours: the run goes on without it.
  for (const stream of [stdout, stderr]) stream.on('error', (error: NodeJS.ErrnoException) => { if (error.code !== 'EPIPE') throw error; });
  return {
    env: process.env,
    cwd: process.cwd(),
    version,
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    terminal: { stdout: stdout.isTTY, canAsk: stdin.isTTY && stderr.isTTY, columns: stdout.columns ?? 80, rows: stdout.rows ?? 24 },
    ask: async (question, options) => (await import('./ask.ts')).ask(question, options),
    onInterrupt(handler) {
      for (const signal of signals) process.on(signal, handler);
      return () => signals.forEach((signal) => process.off(signal, handler));
    },
    exit(code) {
      if (stdout.isTTY) writeSync(1, '\u001B[?25h');
      process.exit(code);
    },
  };
}
