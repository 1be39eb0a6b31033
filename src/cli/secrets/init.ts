import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Diagnostic, PlinthError } from '../../contract/diagnostic.ts';
import { ageLibrary, complaintOf, findIdentities, identityFile, writeStore } from '../../inventory/secrets/age/index.ts';
import type { Context } from '../context.ts';
import { secretSources } from '../fleet/secret-sources.ts';
import { shownPath } from '../run/prepare.ts';
import { storeOf } from './store.ts';
import type { SecretsInput } from './secrets.ts';

const template = `# One secret a line, as NAME: value. The inventory names them: !secret age:NAME
# Values are text as they stand; quote those with : # or a quote in them: 'it''s'
# example: 'remove this line'
`;

/** Makes the encrypted file, the list of its recipients and, where there is none yet, an identity. Overwrites nothing. */
export async function init(input: SecretsInput, context: Context): Promise<number> {
  const store = await storeOf(input, context);
  const inTheWay = [];
  for (const [path, shown] of [[store.path, store.shown], [store.recipients, store.recipientsShown]] as const) if (await exists(path)) inTheWay.push(shown);
  if (inTheWay.length > 0) throw new PlinthError({ cause: 'usage', summary: `${inTheWay.join(' and ')} ${inTheWay.length > 1 ? 'are' : 'is'} there already; nothing was written`, hint: '`plinth secrets edit` changes the secrets; after a change of the recipients, `plinth secrets rekey`.' });
  const others = (await Promise.all(input.list('recipient').map((given) => recipientsOf(given, context)))).flat();
  const mine = await ownRecipient(context);
  const recipients = [...new Set([mine.recipient, ...others])];
  await mkdir(dirname(store.path), { recursive: true });
  // The secrets first: a list of recipients without a file would be in the way the next time.
  await writeStore({ path: store.path, shown: store.shown, text: template, recipients, before: undefined }, secretSources(context));
  await writeFile(store.recipients, `# Who can open ${store.shown}: public keys, one a line. After a change: plinth secrets rekey\n${recipients.map((one) => `${one}\n`).join('')}`, { flag: 'wx' });
  context.out(
    [
      ...(mine.made === undefined ? [`your identity: ${mine.from}`] : [`made your identity: ${mine.made}`, '  Keep a copy where you keep your passwords: without it nobody opens the secrets.']),
      `wrote ${store.shown} and ${store.recipientsShown} (${recipients.length === 1 ? 'you alone' : `${recipients.length} recipients`} can open it; both belong into git)`,
      '',
      'next:',
      '  plinth secrets edit',
      '  and in the inventory: becomePassword: !secret age:NAME',
      '',
    ].join('\n'),
  );
  return 0;
}

interface Mine {
  readonly recipient: string;
  readonly from: string;
  /** The file of an identity that was made now. */
  readonly made?: string;
}

/** An age identity that is there, else a new one. SSH keys are used where they are asked for: many have a passphrase. */
async function ownRecipient(context: Context): Promise<Mine> {
  const found = (await findIdentities(secretSources(context))).find(({ recipient, from }) => recipient !== undefined && (recipient.startsWith('age1') || from.startsWith('PLINTH_') || context.env.PLINTH_AGE_IDENTITY !== undefined));
  if (found?.recipient !== undefined) return { recipient: found.recipient, from: found.from };
  const { generateIdentity, identityToRecipient } = await ageLibrary();
  const identity = await generateIdentity();
  const recipient = await identityToRecipient(identity);
  const path = identityFile(context.env);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, `# created: ${new Date().toISOString()}\n# public key: ${recipient}\n${identity}\n`, { flag: 'wx', mode: 0o600 });
  return { recipient, from: path, made: path };
}

/** A key as it stands, or the keys of a file. @throws PlinthError with what is wrong with them. */
async function recipientsOf(given: string, { cwd, env }: Context): Promise<readonly string[]> {
  const isKey = /^(age1|AGE-SECRET|ssh-\S+ |ecdsa-\S+ |sk-\S+ )/.test(given);
  const path = given.startsWith('~/') ? join(env.HOME ?? homedir(), given.slice(2)) : resolve(cwd, given);
  const text = isKey
    ? given
    : await readFile(path, 'utf8').catch((error: unknown) => {
        throw new PlinthError({ cause: 'usage', summary: `--recipient ${given}: neither a public key nor a file of them`, detail: error instanceof Error ? error.message : String(error), hint: 'age1..., "ssh-ed25519 AAAA...", or a file such as ~/.ssh/id_ed25519.pub' }, { cause: error });
      });
  const keys = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  const complaints: Diagnostic[] = [];
  for (const key of keys) {
    const problem = await complaintOf(key);
    if (problem) complaints.push({ cause: 'usage', ...problem, summary: `--recipient${isKey ? '' : ` ${shownPath(path, cwd)}`}: ${problem.summary}` });
  }
  if (complaints.length > 0) throw new PlinthError(complaints);
  return keys;
}

const exists = (path: string): Promise<boolean> => access(path).then(() => true, () => false);
