import { PlinthError } from '../../contract/diagnostic.ts';

/** A whole number from 1. @throws PlinthError, cause `usage`. */
export function numberOf(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new PlinthError({ cause: 'usage', summary: `${option} wants a whole number from 1, not "${text}"` });
}
