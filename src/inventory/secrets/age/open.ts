import type { Stanza } from 'age-encryption';
import { type Diagnostic, PlinthError } from '../../../contract/index.ts';
import type { SecretSources } from '../sources.ts';
import { findIdentities, type FoundIdentity, usualFiles } from './identities.ts';
import { ageLibrary } from './library.ts';

/**
 * The text in an encrypted file. `shown` is how a person names the file.
 * @throws PlinthError that says whether no identity was found, none fits, or the file is damaged.
 */
export async function open(file: Uint8Array, shown: string, sources: SecretSources): Promise<string> {
  const { Decrypter } = await ageLibrary();
  const bytes = await unarmored(file, shown);
  const identities = await findIdentities(sources);
  if (identities.length === 0) throw new PlinthError({ cause: 'secret', summary: `there is no identity to open ${shown} with`, detail: `looked at: PLINTH_AGE_KEY, PLINTH_AGE_IDENTITY, ${usualFiles(sources.env).join(', ')}`, hint: 'make one with `plinth secrets init`, and have its public half added by somebody who can open the file' });
  const seen: (readonly string[])[] = [];
  // Those that want a passphrase only to say whether they fit come last.
  for (const some of [identities.filter((one) => !one.sealed), identities.filter((one) => one.sealed)]) {
    const decrypter = new Decrypter();
    decrypter.addIdentity({ unwrapFileKey: (stanzas: Stanza[]) => (seen.push(...stanzas.map(({ args }) => args)), null) });
    for (const one of some) for (const identity of await one.load()) decrypter.addIdentity(identity);
    try {
      return await decrypter.decrypt(bytes, 'text');
    } catch (error) {
      if (error instanceof PlinthError) throw error;
      if (!messageOf(error).includes('no identity matched')) throw damaged(shown, messageOf(error));
    }
  }
  throw new PlinthError(nobody(shown, identities, seen));
}

/** To whom a file is encrypted, as its head says it: of each, the type and what else identifies it. @throws PlinthError where it is none. */
export async function stanzasOf(file: Uint8Array, shown: string): Promise<readonly (readonly string[])[]> {
  const text = Buffer.from(await unarmored(file, shown)).toString('latin1');
  const head = text.slice(0, text.search(/^---/m));
  return [...head.matchAll(/^-> (.*)$/gm)].map(([, args = '']) => args.split(' ')).filter(([type = '']) => !type.endsWith('-grease'));
}

async function unarmored(file: Uint8Array, shown: string): Promise<Uint8Array> {
  const { armor } = await ageLibrary();
  const text = Buffer.from(file).toString('latin1');
  if (text.startsWith('age-encryption.org/')) return file;
  if (/^(<{7}|={7}|>{7})( |$)/m.test(text)) throw damaged(shown, 'git left its conflict marks in it', `take one side (git checkout --ours ${shown}), and add what the other had with \`plinth secrets edit\``);
  try {
    return armor.decode(text);
  } catch (error) {
    throw damaged(shown, text.trim() === '' ? 'it is empty' : `it is no encrypted file of age (${messageOf(error)})`);
  }
}

function nobody(shown: string, identities: readonly FoundIdentity[], stanzas: readonly (readonly string[])[]): Diagnostic {
  const counts = new Map<string, number>();
  for (const [type = ''] of new Map(stanzas.map((args) => [args.join(' '), args])).values()) counts.set(type, (counts.get(type) ?? 0) + 1);
  const mine = identities.find(({ recipient }) => recipient !== undefined)?.recipient;
  return {
    cause: 'secret',
    summary: `none of your identities opens ${shown}`,
    detail: [`it is encrypted to ${[...counts].map(([type, count]) => `${count} of ${type}`).join(', ') || 'nobody'}`, ...identities.map(({ from, recipient }) => `${from}: ${recipient ?? 'opened, and it does not fit'}`)].join('\n'),
    hint: `somebody who can open it adds your public key to its recipients and runs \`plinth secrets rekey\`${mine === undefined ? '' : `: ${mine}`}`,
  };
}

const damaged = (shown: string, why: string, hint = 'take it from git again, or from a backup'): PlinthError => new PlinthError({ cause: 'secret', summary: `${shown} is damaged: ${why}`, hint });
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
