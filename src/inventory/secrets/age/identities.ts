import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Identity } from 'age-encryption';
import { PlinthError } from '../../../contract/index.ts';
import type { SecretSources } from '../sources.ts';
import { ageLibrary } from './library.ts';
import { parseSshPublicKey, publicHalf, sshPublicKeyOf } from './sshKeys.ts';
import { sshIdentity } from './sshStanzas.ts';

/** A private key that may open a file. */
export interface FoundIdentity {
  /** The file or variable it comes from, as a person would name it. */
  readonly from: string;
  /** Its public half, where that can be told without a passphrase. */
  readonly recipient?: string;
  /** Asks for a passphrase where it needs one and can ask. */
  load(): Promise<readonly (string | Identity)[]>;
  /** It cannot be told without its passphrase whether it fits: tried last. */
  readonly sealed?: true;
}

/** Where a new identity is kept. */
export const identityFile = (env: SecretSources['env']): string => join(env['XDG_CONFIG_HOME'] ?? join(home(env), '.config'), 'plinth', 'age.txt');

/** Files that are looked at unless PLINTH_AGE_KEY or PLINTH_AGE_IDENTITY says otherwise. */
export const usualFiles = (env: SecretSources['env']): readonly string[] => [
  identityFile(env),
  env['SOPS_AGE_KEY_FILE'] ?? join(env['XDG_CONFIG_HOME'] ?? join(home(env), '.config'), 'sops', 'age', 'keys.txt'),
  join(home(env), '.ssh', 'id_ed25519'),
  join(home(env), '.ssh', 'id_rsa'),
];

const home = (env: SecretSources['env']): string => env['HOME'] ?? homedir();

/** Every identity there is. @throws PlinthError where a file that was named cannot be read, or holds none. */
export async function findIdentities(sources: SecretSources): Promise<readonly FoundIdentity[]> {
  const { env } = sources;
  const inline = env['PLINTH_AGE_KEY'];
  const own = inline === undefined || inline === '' ? [] : await identitiesIn(inline, 'PLINTH_AGE_KEY', sources);
  if (inline && own.length === 0) throw new PlinthError({ cause: 'secret', summary: 'PLINTH_AGE_KEY holds no identity', hint: 'it is AGE-SECRET-KEY-1..., or the text of an SSH private key' });
  const named = (env['PLINTH_AGE_IDENTITY'] ?? '').split(':').filter((path) => path !== '').map((path) => (path.startsWith('~/') ? join(home(env), path.slice(2)) : path));
  const files = named.length > 0 ? named : own.length > 0 ? [] : usualFiles(env);
  const found = await Promise.all(files.map((path) => fromFile(path, named.length > 0, sources)));
  return [...own, ...found.flat()];
}

async function fromFile(path: string, named: boolean, sources: SecretSources): Promise<readonly FoundIdentity[]> {
  const shown = path.startsWith(`${home(sources.env)}/`) ? `~/${path.slice(home(sources.env).length + 1)}` : path;
  try {
    const found = await identitiesIn(await readFile(path, 'latin1'), shown, sources, await readFile(`${path}.pub`, 'utf8').catch(() => ''));
    if (found.length > 0 || !named) return found;
  } catch (error) {
    if (!named) return [];
    throw new PlinthError({ cause: 'secret', summary: `the identity ${shown} cannot be read`, detail: error instanceof Error ? error.message : String(error), hint: 'PLINTH_AGE_IDENTITY names files, with colons between' }, { cause: error });
  }
  throw new PlinthError({ cause: 'secret', summary: `${shown} holds no identity`, hint: 'an identity is a line AGE-SECRET-KEY-1... (made by `plinth secrets init` or age-keygen), or an SSH private key' });
}

async function identitiesIn(text: string, from: string, sources: SecretSources, pub = ''): Promise<readonly FoundIdentity[]> {
  if (/^(age-encryption\.org\/v1|-----BEGIN AGE ENCRYPTED FILE-----)/.test(text)) return [{ from, sealed: true, load: () => unsealed(text, from, sources) }];
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return fromSsh(text, from, sources, pub);
  const keys = text.split(/\s+/).filter((word) => /^AGE-SECRET-KEY-(PQ-)?1[A-Z0-9]+$/.test(word));
  const { identityToRecipient } = keys.length > 0 ? await ageLibrary() : { identityToRecipient: undefined };
  return Promise.all(
    keys.map(async (key) => {
      const recipient = await identityToRecipient?.(key).catch(() => undefined);
      if (recipient === undefined) throw new PlinthError({ cause: 'secret', summary: `an identity in ${from} is cut or damaged`, hint: 'its line begins with AGE-SECRET-KEY-1 and is copied whole' });
      return { from, recipient, load: async () => [key] };
    }),
  );
}

async function fromSsh(text: string, from: string, { sshKey, prompt }: SecretSources, pub: string): Promise<readonly FoundIdentity[]> {
  const clear = await sshKey?.(text);
  const open = typeof clear === 'object' ? clear : undefined;
  const half = publicHalf(text) ?? (open ? sshPublicKeyOf(open.blob) : undefined) ?? parseSshPublicKey(pub);
  if (!half || !sshKey) return [];
  const pem = async (): Promise<string> => {
    if (open) return open.pem;
    if (!prompt) throw new PlinthError({ cause: 'secret', summary: `${from} has a passphrase, and there is no terminal to ask for it`, hint: 'run it from a terminal, or give an identity without one: PLINTH_AGE_KEY or PLINTH_AGE_IDENTITY' });
    const opened = await sshKey(text, await prompt(`Passphrase of ${from}`));
    if (typeof opened !== 'object') throw new PlinthError({ cause: 'secret', summary: `this is not the passphrase of ${from}`, hint: 'run it again' });
    return opened.pem;
  };
  return [{ from, recipient: `${half.type} ${half.blob.toString('base64')}`, load: async () => [sshIdentity(half, pem)] }];
}

/** An identity file that is itself encrypted with a passphrase, as `age-keygen | age -p` makes it. */
async function unsealed(text: string, from: string, { prompt }: SecretSources): Promise<readonly string[]> {
  if (!prompt) throw new PlinthError({ cause: 'secret', summary: `${from} is encrypted with a passphrase, and there is no terminal to ask for it`, hint: 'run it from a terminal, or give an identity without one: PLINTH_AGE_KEY or PLINTH_AGE_IDENTITY' });
  const { armor, Decrypter } = await ageLibrary();
  const decrypter = new Decrypter();
  decrypter.addPassphrase(await prompt(`Passphrase of ${from}`));
  const opened = await decrypter.decrypt(text.startsWith('-----') ? armor.decode(text) : Buffer.from(text, 'latin1'), 'text').catch((error: unknown) => {
    throw new PlinthError({ cause: 'secret', summary: `this is not the passphrase of ${from}`, hint: 'run it again' }, { cause: error });
  });
  return opened.split(/\s+/).filter((word) => word.startsWith('AGE-SECRET-KEY-'));
}
