import type { Kind, Reading } from '../../reading.ts';
import type { Facts } from '../facts.ts';
import { parseFacts } from './parse.ts';
import { factsScript } from './script.ts';

const kind: Kind<Facts> = { name: 'facts', script: () => factsScript, parse: parseFacts };

/** Everything a connection learns of a node at once. */
export const facts = (): Reading<Facts> => ({ kind, key: '' });
