import { PlinthError } from '../../contract/index.ts';
import { nearest } from '../../contract/nearest.ts';
import type { Place } from '../source/tree.ts';

export const providers = ['age', 'sops', 'env', 'dotenv', 'file', 'command', 'prompt'] as const;

/** `env:NAME`, taken apart. */
export interface Reference {
  readonly provider: (typeof providers)[number];
  /** A secret's or variable's name, a path, a command, or the question to ask. */
  readonly name: string;
}

const forms = 'age:NAME (secrets.age beside the inventory), sops:NAME (secrets.sops.yaml), env:NAME (the environment), dotenv:NAME (secret.env), file:PATH, command:PROGRAM or prompt:QUESTION';

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
  if (isKept(provider) && !/^([^#]+#)?[A-Za-z0-9_][\w.-]*$/.test(name)) throw fail(`!secret ${provider}: wants the name of a secret`, `names hold letters, digits, _, - and . only; of another file: ${provider}:FILE#NAME`);
  return { provider, name };
}

/** Kept encrypted, several in a file. */
export const isKept = (provider: Reference['provider']): provider is 'age' | 'sops' => provider === 'age' || provider === 'sops';

function suggest(given: string): string {
  const meant = nearest(given, providers);
  return meant ? `did you mean ${meant}:? ` : '';
}
