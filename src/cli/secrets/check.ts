import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseSshPublicKey, readRecipients, stanzasOf } from '../../inventory/secrets/age/index.ts';
import { count } from '../../report/text/count.ts';
import type { Context } from '../context.ts';
import { allowFile, readAllowed } from './scan/allow.ts';
import { textFiles } from './scan/files.ts';
import { type Found, scanText } from './scan/scan-text.ts';
import type { SecretsInput } from './secrets.ts';
import { storeOf } from './store.ts';

/** Finds plain secrets in the tree, and an encrypted file that does not fit its list of recipients. Exit code 1 where there is any. */
export async function check(input: SecretsInput, context: Context): Promise<number> {
  const { cwd, out, style } = context;
  const isAllowed = await readAllowed(cwd);
  let files = 0;
  const places: { readonly name: string; readonly found: Found }[] = [];
  for await (const { name, text } of textFiles(input.args.slice(1), cwd)) {
    if (isAllowed(name)) continue;
    files += 1;
    places.push(...scanText(text, name).map((found) => ({ name, found })));
  }
  const stale = await staleRecipients(input, context);
  for (const { name, found } of places) out(`${style.bold(`${name}:${found.line}:${found.col}`)}: ${found.what}${found.key === undefined ? '' : ` (${found.key})`}\n`);
  if (stale !== undefined) out(`${stale}\n`);
  if (places.length > 0) out(`\n${wayOut(places)}`);
  if (places.length === 0 && stale === undefined) out(`no plain secret in ${count(files, 'file')}\n`);
  return places.length > 0 || stale !== undefined ? 1 : 0;
}

/** How to move them, with the first setting as the example. */
function wayOut(places: readonly { readonly name: string; readonly found: Found }[]): string {
  const example = places.find(({ name, found }) => found.key !== undefined && /\.ya?ml$/.test(name))?.found.key ?? 'sudoPassword';
  const name = example.replace(/^.*\./, '');
  return [
    `${count(places.length, 'plain secret')}. To move one:`,
    `  1. plinth secrets edit           and add the line   ${name}: the value`,
    `  2. where it stood, write         ${example}: !secret age:${name}`,
    '  3. what git has seen is known:   change the secret itself',
    `What is none: a comment "plinth:allow-secret" on the line or above it, or the file's name in ${allowFile}.`,
    '',
  ].join('\n');
}

/** Told from the file's head, without opening it. SSH keys are named there; of age keys only the number is known. */
async function staleRecipients(input: SecretsInput, context: Context): Promise<string | undefined> {
  const store = await storeOf(input, context);
  const sealed = await readFile(store.path).catch(() => undefined);
  if (!sealed) return undefined;
  const recipients = await readRecipients(store.recipients, store.recipientsShown);
  const stanzas = await stanzasOf(sealed, store.shown);
  const ssh = recipients.flatMap((one) => parseSshPublicKey(one)?.tag ?? []);
  const sealedTo = stanzas.flatMap(([type = '', tag = '']) => (type.startsWith('ssh-') ? [tag] : []));
  const fits = ssh.toSorted().join() === sealedTo.toSorted().join() && recipients.length === stanzas.length;
  return fits ? undefined : `${store.shown} is encrypted to ${count(stanzas.length, 'recipient')}, and not to those that ${basename(store.recipients)} lists (${recipients.length}): plinth secrets rekey`;
}
