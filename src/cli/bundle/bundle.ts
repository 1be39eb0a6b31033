import { PlinthError } from '../../contract/diagnostic.ts';
import type { InputOf } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { closest } from '../print/closest.ts';
import { formOf } from '../print/form.ts';
import { create } from './create.ts';
import type { bundleOptions } from './options.ts';
import { show } from './show.ts';
import { verify } from './verify.ts';

export type BundleInput = InputOf<typeof bundleOptions>;

/** What an action is given besides its input. */
export interface Told {
  readonly json: boolean;
  /** One line that the next one replaces on a terminal, and nothing elsewhere. */
  progress(text: string): void;
}

const actions: Readonly<Record<string, (input: BundleInput, context: Context, told: Told) => Promise<number>>> = { create, verify, show };

export async function bundle(input: BundleInput, context: Context): Promise<number> {
  const [name = ''] = input.args;
  const action = actions[name];
  if (!action) {
    const near = closest(name, Object.keys(actions));
    throw new PlinthError({ cause: 'usage', summary: `plinth bundle: there is no action "${name}"${near === undefined ? '' : `; is it "${near}"?`}`, hint: `Actions: ${Object.keys(actions).join(', ')}.` });
  }
  const json = formOf(input.text('output'), ['text', 'json']) === 'json';
  const isLive = context.terminal.stdout && !json;
  const progress = (text: string): void => void (isLive && context.err(`\r\x1b[K${context.style.dim(text.slice(0, context.terminal.columns - 1))}`));
  try {
    return await action(input, context, { json, progress });
  } finally {
    if (isLive) context.err('\r\x1b[K');
  }
}
