import { rm, readFile } from 'node:fs/promises';
import { PlinthError } from '../../contract/diagnostic.ts';
import { findIdentities, parseNames, readRecipients, readStore, writeStore } from '../../inventory/secrets/age/index.ts';
import type { Context } from '../context.ts';
import { secretSources } from '../fleet/secret-sources.ts';
import { printError } from '../print/error.ts';
import { runEditor } from './editor.ts';
import { type PrivateFile, privateFile } from './private-file.ts';
import type { SecretsInput } from './secrets.ts';
import { opened, type Store, storeOf } from './store.ts';

/** Opens the secrets in an editor, in memory, and encrypts what it leaves. What cannot be taken is kept aside, encrypted, and opened the next time. */
export async function edit(input: SecretsInput, context: Context): Promise<number> {
  const store = await storeOf(input, context);
  const sources = secretSources(context);
  const before = await opened(store, context);
  const recipients = await readRecipients(store.recipients, store.recipientsShown);
  const aside = { path: `${store.path}.rejected`, shown: `${store.shown}.rejected` };
  const rejected = await readStore(aside.path, aside.shown, sources);
  if (rejected) context.err(`goes on with what could not be taken the last time (${aside.shown}; delete it to begin anew)\n`);

  const keepAside = async (text: string): Promise<void> => {
    const own = (await findIdentities(sources)).flatMap(({ recipient }) => recipient ?? []);
    await writeStore({ ...aside, text, recipients: [...new Set([...recipients, ...own])], before: rejected?.sealed }, sources);
    context.err(`what you wrote is kept, encrypted, in ${aside.shown}; \`plinth secrets edit\` goes on with it\n`);
  };
  const file = await privateFile('secrets.yaml', rejected?.text ?? before.text, context.env);
  if (!file.inMemory) context.err('there is no file system in memory here: the secrets lie on disk while you edit, readable by you alone\n');
  try {
    const text = await editedText(file, { store, context, text: before.text });
    if (text === before.text) {
      context.out(rejected ? `${store.shown} stays as it is\n` : 'nothing was changed\n');
    } else {
      await writeStore({ path: store.path, shown: store.shown, text, recipients, before: before.sealed }, sources);
      context.out(`${store.shown}: ${differences(before.text, text)}\n`);
    }
    if (rejected) await rm(aside.path, { force: true });
    return 0;
  } catch (error) {
    const text = await readFile(file.path, 'utf8').catch(() => '');
    if (text.trim() !== '' && text !== before.text && text !== rejected?.text) await keepAside(text);
    throw error;
  } finally {
    file.remove();
  }
}

interface Editing {
  readonly store: Store;
  readonly context: Context;
  /** As it is in the encrypted file. */
  readonly text: string;
}

/** What the editor leaves, once it can be taken. @throws PlinthError where it cannot, and nobody wants to mend it. */
async function editedText(file: PrivateFile, { store, context, text }: Editing): Promise<string> {
  for (;;) {
    await runEditor(file.path, context);
    const now = await readFile(file.path, 'utf8').catch(() => '');
    const refused = now === text ? undefined : problemOf(text, now, store);
    if (!refused) return now;
    if (!context.terminal.canAsk) throw refused;
    printError(refused, context);
    if (!/^(y|yes)?$/i.test((await context.ask('edit again? [Y/n] ')).trim())) throw refused;
  }
}

/** Why a text cannot take the place of another, if it cannot. */
function problemOf(before: string, now: string, store: Store): PlinthError | undefined {
  const old = namesIn(before, store.shown);
  const values = namesIn(now, `${store.shown} (opened)`);
  if (values instanceof PlinthError) return values;
  if (values.size > 0 || old instanceof PlinthError || old.size === 0) return undefined;
  return new PlinthError({ cause: 'secret', summary: `no secret is left, and ${store.shown} holds ${old.size}; it was left as it is`, hint: 'An editor that crashed leaves an empty file. To be rid of them all, delete the file itself.' });
}

/** Names that came, went and changed. */
function differences(before: string, now: string): string {
  const [old, values] = [before, now].map((text) => namesIn(text, '')).map((names) => (names instanceof PlinthError ? new Map<string, string>() : names));
  if (!old || !values) return '';
  const parts = [
    ['added', [...values.keys()].filter((name) => !old.has(name))],
    ['changed', [...values].filter(([name, value]) => old.has(name) && old.get(name) !== value).map(([name]) => name)],
    ['removed', [...old.keys()].filter((name) => !values.has(name))],
  ] as const;
  return parts.flatMap(([what, names]) => (names.length > 0 ? [`${what} ${names.join(', ')}`] : [])).join('; ') || 'comments or order changed';
}

function namesIn(text: string, file: string): ReadonlyMap<string, string> | PlinthError {
  try {
    return parseNames(text, file);
  } catch (error) {
    if (error instanceof PlinthError) return error;
    throw error;
  }
}
