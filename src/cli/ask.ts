import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** Asks on the terminal; a hidden answer is not echoed. The end of input gives Ctrl-D's character. */
export function ask(question: string, { hidden = false }: { readonly hidden?: boolean } = {}): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: hidden ? silent : process.stderr, terminal: true });
  return new Promise((resolve) => {
    let answer = '\u0004';
    // While readline has the terminal, Ctrl-C comes as a key; it is handed back as the signal it stands for.
    lines.on('SIGINT', () => {
      lines.close();
      process.kill(process.pid, 'SIGINT');
    });
    lines.on('close', () => {
      if (hidden) process.stderr.write('\n');
      resolve(answer);
    });
    lines.on('line', (line) => {
      answer = line;
      lines.close();
    });
  });
}
