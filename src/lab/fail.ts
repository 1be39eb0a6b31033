import { PlinthError } from '../contract/index.ts';

/** An error of the lab: what is wrong, what was seen, and the way out. */
export const labError = (summary: string, more: { detail?: string; hint?: string } = {}, options?: ErrorOptions): PlinthError =>
  new PlinthError({ cause: 'lab', summary, ...more }, options);
