import type { Condition, Stat } from '../../../contract/index.ts';

interface Guards {
  readonly creates?: string | undefined;
  readonly removes?: string | undefined;
  readonly unless?: string | undefined;
  readonly onlyIf?: string | undefined;
}

interface Seen {
  readonly creates?: Stat | undefined;
  readonly removes?: Stat | undefined;
  readonly unless?: Condition;
  readonly onlyIf?: Condition;
}

/** A reason to run a command, and to stop running it. */
export interface Guard {
  asks(seen: Seen): { readonly isAsking: boolean; readonly now: string; readonly after: string };
}

/** The guards that are given, in the order of the arguments. */
export function guardsOf({ creates, removes, unless, onlyIf }: Guards): Guard[] {
  return [
    ...(creates === undefined ? [] : [{ asks: (seen: Seen) => ({ isAsking: seen.creates === undefined, now: `${creates} is not there`, after: `${creates} is there` }) }]),
    ...(removes === undefined ? [] : [{ asks: (seen: Seen) => ({ isAsking: seen.removes !== undefined, now: `${removes} is there`, after: `${removes} is not there` }) }]),
    ...(unless === undefined ? [] : [{ asks: (seen: Seen) => ({ isAsking: seen.unless?.holds !== true, now: `${unless} fails`, after: `${unless} succeeds` }) }]),
    ...(onlyIf === undefined ? [] : [{ asks: (seen: Seen) => ({ isAsking: seen.onlyIf?.holds === true, now: `${onlyIf} succeeds`, after: `${onlyIf} fails` }) }]),
  ];
}
