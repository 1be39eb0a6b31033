import { z } from 'zod';
import { type KeyPath, overlaps, parseKeyPath } from './keyPath.ts';
import type { Value } from './value.ts';

/** A place in a structured file, and what should be there; undefined where nothing should be. */
export interface Edit<V = Value> {
  /** As it is written in the arguments. */
  readonly key: string;
  readonly path: KeyPath;
  readonly value: V | undefined;
}

/** `values` by key path. */
export const settings = <S extends z.ZodType>(value: S) =>
  z.record(z.string(), value).transform((values, ctx) => Object.entries(values).map(([key, wanted]) => ({ key, path: pathOr(key, [key], ctx), value: wanted })));

/** `absent`, a list of key paths. What has moved into a place of a list would be taken away by the next run, so places are refused. */
export const removals = () =>
  z.array(z.string()).transform((keys, ctx) =>
    keys.map((key, at) => {
      const path = pathOr(key, [at], ctx);
      if (Array.isArray(path) && typeof path.at(-1) === 'number') ctx.addIssue({ code: 'custom', path: [at], message: 'is a place in a list, which cannot be empty: set the whole list instead' });
      return { key, path, value: undefined };
    }),
  );

function pathOr(key: string, at: (string | number)[], ctx: z.RefinementCtx): KeyPath {
  try {
    return parseKeyPath(key);
  } catch (error) {
    ctx.addIssue({ code: 'custom', path: at, message: error instanceof Error ? error.message : String(error) });
    return z.NEVER;
  }
}

interface Asked {
  readonly values: readonly Edit<unknown>[];
  readonly absent: readonly Edit<unknown>[];
}

/** Asks for something, and for no two things that exclude each other. */
export function soundEdits({ values, absent }: Asked, ctx: z.RefinementCtx): void {
  const all = [...values, ...absent];
  if (all.length === 0) ctx.addIssue({ code: 'custom', message: 'wants values, or keys that should be absent' });
  all.forEach((one, at) => {
    const other = all.slice(0, at).find(({ path }) => overlaps(path, one.path));
    if (other) ctx.addIssue({ code: 'custom', message: `${other.key} and ${one.key} lead to the same place: say it once` });
  });
}
