import type { Script } from './script/script.ts';

/**
 * What a module wants to know of a node, as a value. The engine joins all readings of one kind, whoever asked, into one
 * process on the node, and hands every asker its own part.
 */
export interface Reading<T> {
  readonly kind: Kind<T>;
  /** What to read: a path, a unit name. Readings of one kind and key are read once. */
  readonly key: string;
}

/** How many keys are read at once: one script for all of them, and how each one's record is understood. */
export interface Kind<T> {
  readonly name: string;
  /**
   * A read-only POSIX script that runs `put <index> <text>` for each key, counting from 0; a key that does not exist puts
   * nothing. It may not fail for a missing thing: a non-zero exit means that nothing of this kind could be read.
   */
  script(keys: readonly string[]): Script;
  /** One answer for all keys: the script puts it as number 0, and each key finds its own part in it. */
  readonly shared?: boolean;
  /** `text` is undefined where the script put nothing. Throws an Error with a plain message when it makes no sense. */
  parse(text: string | undefined, key: string): T;
}

export type Readings = Readonly<Record<string, Reading<unknown>>>;
export type Observed<R extends Readings> = { readonly [K in keyof R]: NonNullable<R[K]> extends Reading<infer T> ? T : never };

/** Joined readings: the scripts to run, and how to give each asker its own value back. */
export interface Joined {
  readonly scripts: readonly Script[];
  /** `place[i]` says which script answers reading i, and under which index. */
  readonly places: readonly { readonly script: number; readonly index: number; readonly reading: Reading<unknown> }[];
}

/** Joins readings by kind without repeating a key. */
export function join(readings: readonly Reading<unknown>[]): Joined {
  const groups = new Map<Kind<unknown>, { script: number; keys: Map<string, number> }>();
  const places = readings.map((reading) => {
    let group = groups.get(reading.kind);
    if (!group) groups.set(reading.kind, (group = { script: groups.size, keys: new Map() }));
    let index = group.keys.get(reading.key);
    if (index === undefined) group.keys.set(reading.key, (index = group.keys.size));
    return { script: group.script, index, reading };
  });
  return { scripts: [...groups].map(([kind, { keys }]) => kind.script([...keys.keys()])), places };
}

