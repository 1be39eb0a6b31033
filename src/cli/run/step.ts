import type { Answer, RunOptions } from '../../engine/index.ts';
import { changeLine } from '../../report/text/change.ts';
import type { Context } from '../context.ts';

/** `--step`: asks before each task that changes something, one question at a time however many hosts want to ask. */
export function createConfirm({ ask, err, style }: Context): NonNullable<RunOptions['confirm']> {
  let last: Promise<Answer> = Promise.resolve('no');
  let settled: Answer | undefined;
  const question = async (host: string, task: string, lines: readonly string[]): Promise<Answer> => {
    if (settled) return settled;
    err(`${style.bold(host)}  ${task}\n${lines.map((line) => `  ${line}\n`).join('')}`);
    for (;;) {
      const answer = meaning(await ask('change this? [y]es, [n]o, [a]ll from here on, [q]uit: '));
      if (answer === 'all' || answer === 'quit') settled = answer;
      if (answer) return answer;
    }
  };
  return ({ host, task }, changes) => (last = last.then(() => question(host, task, changes.map((change) => changeLine(change, style)))));
}

/** An end of input is a no to all that follows. */
function meaning(text: string): Answer | undefined {
  const letter = text.trim().toLowerCase();
  if (letter === 'y' || letter === 'yes') return 'yes';
  if (letter === 'n' || letter === 'no') return 'no';
  if (letter === 'a' || letter === 'all') return 'all';
  return letter === 'q' || letter === 'quit' || letter === '\u0004' ? 'quit' : undefined;
}
