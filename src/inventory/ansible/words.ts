/** One word of a line, and where it begins, from 1. */
export interface Word {
  readonly text: string;
  readonly col: number;
}

/**
 * A line taken apart as Python's `shlex.split(line, comments=True)` does: quotes and backslashes as in sh, `#` begins a
 * comment even within a word. Undefined where a quote is never closed.
 */
export function splitWords(line: string): readonly Word[] | undefined {
  const words: Word[] = [];
  let text: string | undefined;
  let col = 0;
  let quote = '';
  const begin = (at: number): void => {
    if (text !== undefined) return;
    text = '';
    col = at + 1;
  };
  const end = (): void => {
    if (text !== undefined) words.push({ text, col });
    text = undefined;
  };
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
      else if (char === '\\' && quote === '"' && /["\\]/.test(line[at + 1] ?? '')) text += line[++at] ?? '';
      else text += char;
    } else if (char === '"' || char === "'") {
      begin(at);
      quote = char;
    } else if (char === '#') {
      break;
    } else if (/\s/.test(char)) {
      end();
    } else {
      begin(at);
      if (char !== '\\') text += char;
      else if (++at < line.length) text += line[at] ?? '';
      else return undefined;
    }
  }
  if (quote !== '') return undefined;
  end();
  return words;
}
