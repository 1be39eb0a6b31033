/** A place in a file a person can open. `line` and `col` count from 1. */
export interface Located {
  readonly file: string;
  readonly line: number;
  readonly col: number;
}

export const showLocated = ({ file, line, col }: Located): string => `${file}:${line}:${col}`;
