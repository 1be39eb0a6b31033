import { spawn } from 'node:child_process';
import { quote } from '../../src/contract/index.ts';

/** A program at a terminal of its own (util-linux' script gives it one), and somebody who types. */
export interface AtTerminal {
  /** Waits for a text, then types; what was shown before counts no more. */
  answer(when: string, keys: string): Promise<void>;
  /** All that was shown, without colours and movements of the cursor. */
  shown(): string;
  readonly ended: Promise<number | null>;
}

export function atTerminal(argv: readonly string[], options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> }): AtTerminal {
  const child = spawn('script', ['-qfec', argv.map(quote).join(' '), '/dev/null'], { ...options, env: { ...options.env, TERM: 'xterm' }, stdio: 'pipe' });
  let text = '';
  let from = 0;
  let wake = (): void => undefined;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += plain(chunk);
    wake();
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  void ended.then(() => wake());
  return {
    ended,
    shown: () => text,
    async answer(when, keys) {
      let isLate = false;
      while (!text.slice(from).includes(when)) {
        if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode} before "${when}":\n${text}`);
        const late = setTimeout(() => (isLate = true, wake()), 20_000);
        await new Promise<void>((resolve) => (wake = resolve));
        clearTimeout(late);
        if (isLate) throw new Error(`"${when}" was not shown:\n${text}`);
      }
      from = text.length;
      child.stdin.write(keys);
    },
  };
}

// eslint-disable-next-line no-control-regex -- these are what a terminal obeys
const plain = (text: string): string => text.replaceAll(/\u001B(\[[0-9;?]*[A-Za-z]|[78=>])/g, '').replaceAll('\r', '');
