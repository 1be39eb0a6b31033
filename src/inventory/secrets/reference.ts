import { PlinthError } from '../../contract/index.ts';
import { nearest } from '../../contract/nearest.ts';
import type { Place } from '../source/tree.ts';

export const providers = ['env', 'dotenv', 'file', 'prompt'] as const;

/** `env:NAME`, taken apart. */
export interface Reference {
  readonly provider: (typeof providers)[number];
  /** A variable's name, a path, or the question to ask. */
  readonly name: string;
}

const forms = 'env:NAME (the environment), dotenv:NAME (secret.env beside the inventory), file:PATH or prompt:QUESTION';

/** @throws PlinthError where the text names no provider or nothing to look up. Never repeats a text that may be a secret itself. */
export function parseReference(text: string, at: Place): Reference {
  const split = text.indexOf(':');
  const given = text.slice(0, Math.max(split, 0));
  const provider = providers.find((one) => one === given);
  const name = text.slice(split + 1).trim();
  const fail = (what: string, hint: string): PlinthError => new PlinthError({ cause: 'inventory', summary: at.path === '' ? what : `${at.path}: ${what}`, at: [at], hint });
  if (split < 0) throw fail('!secret wants a provider and a name', `write ${forms}`);
  if (!provider) throw fail('!secret names an unknown provider', `${suggest(given)}write ${forms}`);
  if (name === '') throw fail(`!secret ${provider}: names nothing`, `write ${forms}`);
  if (provider.endsWith('env') && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw fail(`!secret ${provider}: wants the name of a variable`, 'names hold letters, digits and _, and do not begin with a digit');
  return { provider, name };
}

function suggest(given: string): string {
  const meant = nearest(given, providers);
  return meant ? `did you mean ${meant}:? ` : '';
}
