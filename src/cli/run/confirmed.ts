import { PlinthError } from '../../contract/diagnostic.ts';
import type { Program } from '../../dsl/program.ts';
import type { Context } from '../context.ts';

/**
 * What a playbook wants to hear before it destroys something: the word, typed by a person or given by --confirm.
 * @throws PlinthError (`usage`) where it is not given, before anything is connected.
 */
export async function confirmed(confirmations: Program['confirmations'], given: readonly string[], context: Context): Promise<void> {
  for (const { word, what } of confirmations) {
    if (given.includes(word)) continue;
    const hint = `Give --confirm ${word} if that is what you want.`;
    if (given.length > 0) throw new PlinthError({ cause: 'usage', summary: `${what}: --confirm does not name ${word}`, hint });
    if (!context.terminal.canAsk) throw new PlinthError({ cause: 'usage', summary: `${what}: that has to be confirmed`, hint });
    const answer = await context.ask(`${what}. Type ${word} to go on: `);
    if (answer.trim() !== word) throw new PlinthError({ cause: 'usage', summary: `not confirmed: "${answer.trim().replaceAll(/[^\x20-\x7e]/g, '')}" is not ${word}`, hint: 'Nothing was changed.' });
  }
}
