/** Something to ask on the terminal. */
export interface Question {
  readonly ask: string;
  /** What Enter alone means. */
  readonly initial?: string;
  /** Shown below while one types, as long as nothing is wrong. */
  readonly hint?: string;
  /** One of these, by number or name; with `many`, several with commas between, or none. */
  readonly choices?: readonly Choice[];
  readonly many?: boolean;
  /** What is wrong with an answer, if anything is. */
  problem?(answer: string): string | undefined;
}

export interface Choice {
  readonly name: string;
  readonly summary: string;
}

/** Gives an answer that has no problem; of choices, their names. Rejects where nobody answers any more. */
export type Asker = (question: Question) => Promise<string>;

/** An answer as it was typed, understood: Enter alone is the usual one, numbers are names. */
export function understood({ initial = '', choices, many }: Question, typed: string): string {
  const text = typed.trim() === '' ? initial : typed.trim();
  if (!choices) return text;
  const words = many === true ? text.split(/[\s,]+/).filter((word) => word !== '') : [text];
  return [...new Set(words.map((word) => choices[Number(word) - 1]?.name ?? choices.find(({ name }) => name.toLowerCase() === word.toLowerCase())?.name ?? word))].filter((word) => word !== 'none' || many !== true).join(',');
}

/** What is wrong with an answer that was understood. */
export function problemWith(question: Question, answer: string): string | undefined {
  const { choices, many } = question;
  const unknown = choices && answer.split(',').find((word) => word !== '' && !choices.some(({ name }) => name === word));
  if (unknown !== undefined) return `there is no "${unknown}": answer with ${many === true ? 'numbers' : 'a number'} from 1 to ${choices?.length}`;
  if (answer === '' && many !== true && choices) return 'answer with a number';
  return question.problem?.(answer);
}
