import { PlinthError } from '../../contract/diagnostic.ts';

/** One of the forms a command can print in. @throws PlinthError, cause `usage`. */
export function formOf<const F extends string>(given: string | undefined, known: readonly [F, ...F[]]): F {
  if (given === undefined) return known[0];
  const found = known.find((form) => form === given);
  if (found !== undefined) return found;
  throw new PlinthError({ cause: 'usage', summary: `--output is ${known.join(' or ')}, not "${given}"` });
}
