import { type Diagnostic, PlinthError } from '../contract/diagnostic.ts';

/** What is wrong with a bundle. */
export const wrong = (summary: string, more: Omit<Diagnostic, 'cause' | 'summary'> = {}): Diagnostic => ({ cause: 'bundle', summary, ...more });

export const bundleError = (summary: string, more: Omit<Diagnostic, 'cause' | 'summary'> = {}): PlinthError => new PlinthError(wrong(summary, more));
