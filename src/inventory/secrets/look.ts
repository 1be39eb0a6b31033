import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { PlinthError } from '../../contract/index.ts';
import { nearest } from '../../contract/nearest.ts';
import { displayPath } from '../source/file.ts';
import type { Place } from '../source/tree.ts';
import { parseDotenv } from './dotenv.ts';
import type { Reference } from './reference.ts';
import type { SecretSources } from './sources.ts';

/** Files of several secrets, each opened once however many of its secrets are asked for. Undefined where there is no such file. */
export type Files = (provider: 'age' | 'sops' | 'dotenv', path: string) => Promise<ReadonlyMap<string, string> | undefined>;

export function openFiles(sources: SecretSources): Files {
  const known = new Map<string, Promise<ReadonlyMap<string, string> | undefined>>();
  return (provider, path) => {
    const values = known.get(path) ?? readers[provider](path, sources);
    known.set(path, values);
    return values;
  };
}

const readers: Readonly<Record<'age' | 'sops' | 'dotenv', (path: string, sources: SecretSources) => Promise<ReadonlyMap<string, string> | undefined>>> = {
  async dotenv(path, { cwd }) {
    const text = await readText(path);
    return text === undefined ? undefined : parseDotenv(text, displayPath(path, cwd));
  },
  async age(path, sources) {
    const shown = displayPath(path, sources.cwd);
    const [{ readStore }, { parseNames }] = await Promise.all([import('./age/store.ts'), import('./age/names.ts')]);
    const opened = await readStore(path, shown, sources);
    return opened && parseNames(opened.text, `${shown} (opened)`);
  },
  async sops(path, sources) {
    if ((await readText(path)) === undefined) return undefined;
    const { readSops } = await import('./sops.ts');
    return readSops(path, sources);
  },
};

/** The value of a secret. @throws PlinthError that names it, its first few places, and the way out; never another secret's value. */
export async function look({ provider, name }: Reference, folder: string, sources: SecretSources, files: Files, places: readonly Place[]): Promise<string> {
  const missing = (what: string, hint: string): PlinthError => new PlinthError({ cause: 'secret', summary: places[0]?.path ? `${places[0].path}: ${what}` : what, at: places.slice(0, 3), hint });
  const found = (value: string | undefined, what: string, empty: string, hint: string): string => {
    if (value === undefined) throw missing(what, hint);
    if (value === '') throw missing(empty, hint);
    return value;
  };
  const kept = async (from: 'age' | 'sops' | 'dotenv', path: string, key: string, create: string, add: (shown: string) => string): Promise<string> => {
    const shown = displayPath(path, sources.cwd);
    const values = await files(from, path);
    if (!values) throw missing(`${shown} does not exist, and ${key} should come from it`, create);
    const meant = values.has(key) ? undefined : nearest(key, values.keys());
    return found(values.get(key), `${shown} has no ${key}`, `${key} is set in ${shown}, but empty`, `${meant === undefined ? '' : `did you mean ${meant}? `}${add(shown)}`);
  };
  switch (provider) {
    case 'env':
      return found(sources.env[name], `the environment has no ${name}`, `${name} is set in the environment, but empty`, `set it before the run: read -rs ${name} && export ${name}`);
    case 'dotenv':
      return kept('dotenv', join(folder, 'secret.env'), name, `create it, readable by you alone, with the line ${name}=... and keep it out of git`, (shown) => `add the line ${name}=... to ${shown}`);
    case 'age': {
      const [path, key] = parts(name, 'secrets.age', folder, sources.env);
      return kept('age', path, key, `\`plinth secrets init\` makes one, \`plinth secrets edit\` adds ${key} to it`, () => 'add it with `plinth secrets edit`');
    }
    case 'sops': {
      const [path, key] = parts(name, 'secrets.sops.yaml', folder, sources.env);
      return kept('sops', path, key, `sops makes and edits it: sops ${displayPath(path, sources.cwd)}`, (shown) => `add it: sops ${shown}`);
    }
    case 'file': {
      const path = filePath(name, folder, sources.env);
      const shown = displayPath(path, sources.cwd);
      const text = await readText(path);
      return found(text?.replace(/\r?\n$/, ''), `the secret file ${shown} does not exist`, `the secret file ${shown} is empty`, 'a relative path starts at the folder of the inventory');
    }
    case 'command': {
      const { askCommand } = await import('./command.ts');
      const value = await askCommand(name, folder, sources).catch((error: unknown) => {
        throw error instanceof PlinthError ? placed(error, places) : error;
      });
      return found(value, 'no answer', `command:${name} printed nothing`, 'it prints the secret, and nothing else');
    }
    case 'prompt':
      if (!sources.prompt) throw missing(`"${name}" has to be asked, and there is no terminal to ask at`, 'run it from a terminal, or take the secret from age:, env: or command:');
      return found(await sources.prompt(name), 'no answer', `"${name}" was answered with nothing`, 'answer it, or take the secret from age:, env: or command:');
  }
}

const placed = ({ diagnostics }: PlinthError, places: readonly Place[]): PlinthError => new PlinthError(diagnostics.map((one) => ({ ...one, summary: places[0]?.path ? `${places[0].path}: ${one.summary}` : one.summary, at: places.slice(0, 3) })));

/** `FILE#NAME` or `NAME`. */
function parts(name: string, usual: string, folder: string, env: SecretSources['env']): readonly [path: string, key: string] {
  const split = name.lastIndexOf('#');
  return [filePath(split < 0 ? usual : name.slice(0, split), folder, env), name.slice(split + 1)];
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
