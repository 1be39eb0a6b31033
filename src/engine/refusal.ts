import type { Refusal } from '../contract/change.ts';
import type { Diagnostic } from '../contract/diagnostic.ts';

export const refusalOf = ({ what, evidence, hint }: Refusal): Diagnostic => ({ cause: 'refused', summary: what, ...(evidence ? { detail: evidence } : {}), ...(hint === undefined ? {} : { hint }) });
