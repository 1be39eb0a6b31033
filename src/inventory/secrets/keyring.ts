import { dirname, resolve } from 'node:path';
import { type Diagnostic, PlinthError, Secret } from '../../contract/index.ts';
import type { Place } from '../source/tree.ts';
import { look, openFiles } from './look.ts';
import { parseReference } from './reference.ts';
import type { SecretSources } from './sources.ts';

/** The secrets of one inventory: the same reference in the same folder is one secret, asked for once. */
export interface Keyring {
  secretOf(text: string, at: Place): Secret<string>;
  /** The values of these secrets. @throws PlinthError with everything that cannot be had. */
  values(secrets: Iterable<Secret>): Promise<readonly string[]>;
}

export function openKeyring(given: SecretSources): Keyring {
  const prompt = oneByOne(given.prompt);
  const sources: SecretSources = { ...given, ...(prompt ? { prompt } : {}) };
  const known = new Map<string, { readonly secret: Secret<string>; readonly places: Place[] }>();
  const files = openFiles(sources);

  return {
    secretOf(text, at) {
      const reference = parseReference(text, at);
      const folder = dirname(resolve(sources.cwd, at.file));
      const id = `${reference.provider}:${reference.name}\0${reference.provider === 'env' ? '' : folder}`;
      const entry = known.get(id);
      if (entry) {
        entry.places.push(at);
        return entry.secret;
      }
      const places = [at];
      const secret = new Secret(`secret ${reference.provider}:${reference.name}`, () => look(reference, folder, sources, files, places));
      known.set(id, { secret, places });
      return secret;
    },

    async values(secrets) {
      const settled = await Promise.allSettled(Array.from(new Set(secrets), (secret) => secret.resolve()));
      const complaints: Diagnostic[] = [];
      for (const one of settled) {
        if (one.status === 'fulfilled') continue;
        if (!(one.reason instanceof PlinthError)) throw one.reason;
        complaints.push(...one.reason.diagnostics.filter((next) => !complaints.includes(next)));
      }
      if (complaints.length > 0) throw new PlinthError(complaints);
      return settled.flatMap((one) => (one.status === 'fulfilled' && typeof one.value === 'string' ? [one.value] : []));
    },
  };
}

/** Two questions at once would garble the terminal. */
function oneByOne(prompt: SecretSources['prompt']): SecretSources['prompt'] {
  if (!prompt) return undefined;
  let last: Promise<unknown> = Promise.resolve();
  return (question) => {
    const answer = last.then(() => prompt(question));
    last = answer.catch(() => undefined);
    return answer;
  };
}
