import { readRecipients, writeStore } from '../../inventory/secrets/age/index.ts';
import { count } from '../../report/text/count.ts';
import type { Context } from '../context.ts';
import { secretSources } from '../fleet/secret-sources.ts';
import type { SecretsInput } from './secrets.ts';
import { opened, storeOf } from './store.ts';

/** Encrypts the same secrets to the recipients as they are listed now. */
export async function rekey(input: SecretsInput, context: Context): Promise<number> {
  const store = await storeOf(input, context);
  const { text, sealed } = await opened(store, context);
  const recipients = await readRecipients(store.recipients, store.recipientsShown);
  await writeStore({ path: store.path, shown: store.shown, text, recipients, before: sealed }, secretSources(context));
  context.out(`${store.shown} is encrypted to ${count(recipients.length, 'recipient')} now\n`);
  context.err('Who could open it before still can, from git: where you took somebody off the list, change the secrets themselves too.\n');
  return 0;
}
