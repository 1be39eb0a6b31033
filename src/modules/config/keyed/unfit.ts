/** Why a text cannot be edited: its grammar is not what it should be, or what is asked for has no place in it. */
export class Unfit extends Error {
  readonly hint: string | undefined;
  /** What was found, one line. */
  readonly evidence: string;
  constructor(message: string, evidence: string, hint?: string) {
    super(message);
    this.name = 'Unfit';
    this.evidence = evidence;
    this.hint = hint;
  }
}

/** Where an offset is, for people: `line 3, column 7`. */
export function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset);
  return `line ${before.split('\n').length}, column ${offset - before.lastIndexOf('\n')}`;
}

/** The text has another grammar at an offset. */
export function unfitAt(text: string, offset: number, message: string, hint?: string): Unfit {
  const end = text.indexOf('\n', offset);
  const rest = text.slice(offset, end < 0 ? undefined : end).slice(0, 60);
  return new Unfit(message, `${placeOf(text, offset)}: ${rest === '' ? 'the end of the line' : rest}`, hint);
}
