import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { type Diagnostic, PlinthError, Secret } from '../../contract/index.ts';
import { nearest } from '../../contract/nearest.ts';
import { displayPath } from '../source/file.ts';
import type { Place } from '../source/tree.ts';
import { parseDotenv } from './dotenv.ts';
import { parseReference, type Reference } from './reference.ts';

/** Where secrets may come from. */
export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Asks the operator without echo. Absent where nobody can answer. */
  prompt?(question: string): Promise<string>;
}

/** The secrets of one inventory: the same reference in the same folder is one secret, asked for once. */
export interface Keyring {
  secretOf(text: string, at: Place): Secret<string>;
  /** The values of these secrets. @throws PlinthError with everything that cannot be had. */
  values(secrets: Iterable<Secret>): Promise<readonly string[]>;
}

export function openKeyring(sources: SecretSources): Keyring {
  const known = new Map<string, { readonly secret: Secret<string>; readonly places: Place[] }>();
  const files = new Map<string, Promise<ReadonlyMap<string, string> | undefined>>();
  const ask = oneByOne(sources.prompt);

  const dotenv = (path: string): Promise<ReadonlyMap<string, string> | undefined> => {
    const values = files.get(path) ?? readText(path).then((text) => (text === undefined ? undefined : parseDotenv(text, displayPath(path, sources.cwd))));
    files.set(path, values);
    return values;
  };

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
      const secret = new Secret(`secret ${reference.provider}:${reference.name}`, () => look(reference, folder, { ...sources, ...(ask ? { prompt: ask } : {}) }, dotenv, places));
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

type Dotenv = (path: string) => Promise<ReadonlyMap<string, string> | undefined>;

async function look({ provider, name }: Reference, folder: string, sources: SecretSources, dotenv: Dotenv, places: readonly Place[]): Promise<string> {
  const missing = (what: string, hint: string): PlinthError => new PlinthError({ cause: 'secret', summary: places[0]?.path ? `${places[0].path}: ${what}` : what, at: places.slice(0, 3), hint });
  const found = (value: string | undefined, what: string, empty: string, hint: string): string => {
    if (value === undefined) throw missing(what, hint);
    if (value === '') throw missing(empty, hint);
    return value;
  };
  switch (provider) {
    case 'env':
      return found(sources.env[name], `the environment has no ${name}`, `${name} is set in the environment, but empty`, `set it before the run: read -rs ${name} && export ${name}`);
    case 'dotenv': {
      const path = join(folder, 'secret.env');
      const shown = displayPath(path, sources.cwd);
      const values = await dotenv(path);
      if (!values) throw missing(`${shown} does not exist, and ${name} should come from it`, `create it, readable by you alone, with the line ${name}=... and keep it out of git`);
      const meant = nearest(name, values.keys());
      return found(values.get(name), `${shown} has no ${name}`, `${name} is set in ${shown}, but empty`, `${meant && !values.has(name) ? `did you mean ${meant}? ` : ''}add the line ${name}=... to ${shown}`);
    }
    case 'file': {
      const path = filePath(name, folder, sources.env);
      const shown = displayPath(path, sources.cwd);
      const text = await readText(path);
      return found(text?.replace(/\r?\n$/, ''), `the secret file ${shown} does not exist`, `the secret file ${shown} is empty`, 'a relative path starts at the folder of the inventory');
    }
    case 'prompt':
      if (!sources.prompt) throw missing(`"${name}" has to be asked, and there is no terminal to ask at`, 'run it from a terminal, or take the secret from env:, dotenv: or file:');
      return found(await sources.prompt(name), 'no answer', `"${name}" was answered with nothing`, 'answer it, or take the secret from env:, dotenv: or file:');
  }
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

const filePath = (name: string, folder: string, env: SecretSources['env']): string => {
  if (name.startsWith('~/')) return join(env['HOME'] ?? homedir(), name.slice(2));
  return isAbsolute(name) ? name : join(folder, name);
};

/** Undefined where there is no such file. @throws PlinthError for one that cannot be read. */
async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new PlinthError({ cause: 'secret', summary: `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, hint: 'it must be a file that you may read' }, { cause: error });
  }
}
