import { PlinthError } from '../../contract/diagnostic.ts';
import { parseNames } from '../../inventory/secrets/age/index.ts';
import type { Context } from '../context.ts';
import { closest } from '../print/closest.ts';
import type { SecretsInput } from './secrets.ts';
import { opened, storeOf } from './store.ts';

/** Prints the secrets as they were written, or one value and nothing else. */
export async function view(input: SecretsInput, context: Context): Promise<number> {
  const store = await storeOf(input, context);
  const { text } = await opened(store, context);
  const [, name] = input.args;
  if (name === undefined) {
    context.out(text);
    return 0;
  }
  const values = parseNames(text, `${store.shown} (opened)`);
  const value = values.get(name);
  if (value === undefined) {
    const near = closest(name, [...values.keys()]);
    throw new PlinthError({ cause: 'secret', summary: `${store.shown} has no ${name}${near === undefined ? '' : `; is it ${near}?`}`, hint: '`plinth secrets view` shows all of them.' });
  }
  context.out(`${value}\n`);
  return 0;
}
