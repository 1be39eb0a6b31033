import { type Diagnostic, PlinthError } from '../contract/diagnostic.ts';
import { Late } from '../contract/late.ts';
import type { Located } from '../contract/located.ts';

export interface Giver<T> {
  /** Who is asked, for people. */
  readonly name: string;
  readonly value: Late<T>;
}

/**
 * The value of the first that can give it; they are asked in order, one at a time, when it is needed. One that failed, is not
 * reached or refuses is passed over. Where nobody can, the error says why each could not.
 */
export const anyOf = <T>(label: string, givers: readonly Giver<T>[], at: readonly Located[] = []): Late<T> =>
  new Late(label, async () => {
    const reasons: string[] = [];
    const hints: string[] = [];
    for (const { name, value } of givers) {
      try {
        return await value.resolve();
      } catch (error) {
        if (!(error instanceof PlinthError) || error.diagnostics.some(({ cause }) => cause === 'aborted')) throw error;
        reasons.push(...error.diagnostics.map((found) => `${name}: ${reasonOf(found)}`));
        hints.push(...error.diagnostics.flatMap(({ hint }) => hint ?? []));
      }
    }
    const [hint = 'See that one of them is up and in this run, then apply again.'] = hints;
    throw new PlinthError({ cause: 'late', summary: `"${label}" is needed, but ${givers.length === 0 ? 'there is nobody to ask' : 'nobody who was asked could give it'}`, detail: reasons.join('\n'), hint, at });
  });

const reasonOf = ({ summary, detail }: Diagnostic): string => (detail ? `${summary}\n${detail.trimEnd().replaceAll(/^/gm, '  ')}` : summary);
