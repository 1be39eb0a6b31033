import { PlinthError } from '../../contract/diagnostic.ts';
import type { Input } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { closest } from '../print/closest.ts';

export type SecretsInput = Input<never, 'file', 'inventory' | 'recipient'>;

/** Each action is loaded when it is asked for. */
const actions: Readonly<Record<string, () => Promise<(input: SecretsInput, context: Context) => Promise<number>>>> = {
  init: async () => (await import('./init.ts')).init,
  edit: async () => (await import('./edit.ts')).edit,
  view: async () => (await import('./view.ts')).view,
  rekey: async () => (await import('./rekey.ts')).rekey,
  check: async () => (await import('./check.ts')).check,
};

export async function secrets(input: SecretsInput, context: Context): Promise<number> {
  const [name = ''] = input.args;
  const load = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!load) {
    const near = closest(name, Object.keys(actions));
    throw new PlinthError({ cause: 'usage', summary: `plinth secrets: there is no action "${name}"${near === undefined ? '' : `; is it "${near}"?`}`, hint: `There are ${Object.keys(actions).join(', ')}.` });
  }
  if (name !== 'init' && input.list('recipient').length > 0) throw new PlinthError({ cause: 'usage', summary: `--recipient goes with init, not with ${name}`, hint: 'Recipients are listed in the file beside the secrets (secrets.recipients); `plinth secrets rekey` encrypts to them.' });
  const most = name === 'check' ? Infinity : name === 'view' ? 2 : 1;
  if (input.args.length > most) throw new PlinthError({ cause: 'usage', summary: `plinth secrets ${name}: "${input.args[most]}" is one argument too many` });
  return (await load())(input, context);
}
