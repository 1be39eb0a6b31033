/** Colours as functions, or as nothing at all. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

const code = (open: number, close: number) => (text: string) => (text === '' ? '' : `\u001B[${open}m${text}\u001B[${close}m`);
const same = (text: string): string => text;

const coloured: Style = { bold: code(1, 22), dim: code(2, 22), red: code(31, 39), green: code(32, 39), yellow: code(33, 39), cyan: code(36, 39) };
const colourless: Style = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same };

export const createStyle = (colour: boolean): Style => (colour ? coloured : colourless);
