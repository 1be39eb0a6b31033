import { createInterface } from 'node:readline';
import type { Style } from '../../report/text/style.ts';
import { PlinthError } from '../../contract/diagnostic.ts';
import { type Asker, problemWith, type Question, understood } from './question.ts';

/** Ends of the terminal: where is typed, and where is shown. */
interface Ends {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

/** Asks on the terminal; what is wrong with an answer stands below it while it is typed. */
export const askOnTerminal =
  (style: Style, ends: Ends = { input: process.stdin, output: process.stderr }): Asker =>
  async (question) => {
    const { ask, choices, initial } = question;
    choices?.forEach(({ name, summary }, index) => ends.output.write(`  ${style.bold(String(index + 1))}  ${name.padEnd(Math.max(...choices.map((choice) => choice.name.length)))}  ${style.dim(summary)}\n`));
    const shown = `${style.bold(ask)}${initial === undefined || initial === '' ? '' : style.dim(` [${initial}]`)} `;
    let typed = '';
    for (;;) {
      typed = await typedLine(question, shown, typed, style, ends);
      const answer = understood(question, typed);
      const problem = problemWith(question, answer);
      if (problem === undefined) return answer;
      ends.output.write(`${style.red(`  ${problem}`)}\n`);
    }
  };

function typedLine(question: Question, shown: string, before: string, style: Style, { input, output }: Ends): Promise<string> {
  // A free line below, for what is told while one types.
  output.write('\n\u001B[1A');
  const lines = createInterface({ input, output, terminal: true, prompt: shown });
  const tellBelow = (): void => {
    const typed = lines.line;
    const answer = understood(question, typed);
    const told = typed.trim() === '' ? (question.hint ?? '') : (problemWith(question, answer) ?? '');
    // Below, and back to where one types: without moving what is there.
    output.write(`\u001B7\n\r\u001B[K${told === '' ? '' : (typed.trim() === '' ? style.dim : style.yellow)(`  ${told}`.slice(0, (output.columns || 80) - 1))}\u001B8`);
  };
  const onKey = (): void => void setImmediate(() => closed || tellBelow());
  let closed = false;
  return new Promise((resolve, reject) => {
    lines.on('SIGINT', () => {
      closed = true;
      lines.close();
      output.write('\n\u001B[K');
      process.kill(process.pid, 'SIGINT');
    });
    lines.on('close', () => {
      input.off('keypress', onKey);
      if (!closed) reject(new PlinthError({ cause: 'aborted', summary: 'the questions were not answered; nothing was written', hint: 'plinth init --yes asks nothing.' }));
    });
    lines.on('line', (line) => {
      closed = true;
      output.write('\u001B[K');
      lines.close();
      resolve(line);
    });
    input.on('keypress', onKey);
    lines.prompt();
    if (before !== '') lines.write(before);
    onKey();
  });
}
